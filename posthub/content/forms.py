"""Texts and topics as people edit them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posthub.content.models import SocialPost
from posthub.content.platforms import PLATFORMS, length
from posthub.core.days import DayField
from posthub.ui.numbers import grouped

ARTICLE_LIMIT = 60_000


class TopicForm(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=110)
    angle = forms.CharField(label=_("Angle"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    date = DayField(label=_("Goes out"))


class EventForm(forms.Form):
    name = forms.CharField(label=_("What it is"), max_length=120)
    date = DayField(label=_("Day"))


class PictureForm(forms.Form):
    """What a picture shows, said for those who do not see it, and what must stay in sight."""

    alt_text = forms.CharField(
        label=_("What it shows"),
        max_length=300,
        help_text=_("One sentence for people who do not see it. It goes out with the picture."),
    )
    focal_x = forms.IntegerField(label=_("In sight, from the left"), min_value=0, max_value=100)
    focal_y = forms.IntegerField(label=_("In sight, from the top"), min_value=0, max_value=100)


class AltForm(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    alt_text = forms.CharField(
        label=_("What it shows"),
        max_length=300,
        help_text=_("One sentence for people who do not see it. It goes out with the picture."),
    )


class UseForm(forms.Form):
    """Which part of a picture goes with which post; without a frame the part around what must stay in sight."""

    post = forms.UUIDField(label=_("Post"))
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    x = forms.FloatField(required=False, min_value=0, max_value=100)
    y = forms.FloatField(required=False, min_value=0, max_value=100)
    w = forms.FloatField(required=False, min_value=5, max_value=100)
    h = forms.FloatField(required=False, min_value=5, max_value=100)

    @property
    def frame(self) -> tuple[float, float, float, float] | None:
        sides = [self.cleaned_data.get(side) for side in ("x", "y", "w", "h")]
        if any(side is None for side in sides):
            return None
        x, y, w, h = (float(side or 0) for side in sides)
        return x, y, w, h


class ArticleForm(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=110)
    text = forms.CharField(
        label=_("Text"),
        max_length=ARTICLE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Markdown: ## heading, **strong**, - list, > quote, [link](https://…)"),
    )


class PostForm(forms.Form):
    """The limit is the network's own, counted as the network counts."""

    version = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, *args: Any, post: SocialPost, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        hashtags = self.post.version.extra.get("hashtags", []) if self.post.version else []
        platform = PLATFORMS[self.post.platform]
        used = length(self.post.platform, text, hashtags)
        if used > platform.limit:
            raise forms.ValidationError(
                _("%(name)s takes %(limit)s characters; this has %(used)s, hashtags included."),
                params={"name": platform.name, "limit": grouped(platform.limit), "used": grouped(used)},
            )
        return text
