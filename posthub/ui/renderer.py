from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """As FORM_RENDERER it makes `{{ form }}` look like `{% form_fields form %}`."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/form_field.html"
