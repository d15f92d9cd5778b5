/** What htmx puts on the page, as far as the modules of ours use it. */
interface Htmx {
  trigger(element: Element, event: string): void;
  ajax(method: string, url: string, target: string): Promise<void>;
}
interface Window {
  htmx: Htmx;
}
