// The one module of every page. Everything here upgrades something that works without it.
import "./polling.js";
import "./focus.js";
import "./shortcuts.js";
import "./selection.js";
import "./drafts.js";
import "./fields.js";
import "./layers.js";
import "./toasts.js";
import "./passkeys.js";
