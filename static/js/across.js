// What is selected in the answer fills the field, with where it stands. Without it, people paste or choose sentences.
{
  const form = document.querySelector("form[data-quotes]");
  const answer = form && document.getElementById(form.dataset.quotes);

  const selected = () => {
    const selection = getSelection();
    if (selection.rangeCount !== 1 || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!answer.contains(range.startContainer) || !answer.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(answer);
    before.setEnd(range.startContainer, range.startOffset);
    const text = range.toString();
    return { text: text.trim(), near: before.toString().length + text.length - text.trimStart().length };
  };

  if (answer) document.addEventListener("selectionchange", () => {
    const found = selected();
    if (!found?.text) return;
    form.elements.quote.value = found.text;
    form.elements.near.value = found.near;
  });

  // Where the selection stood says nothing about words typed by hand.
  form?.elements.quote?.addEventListener("input", () => { form.elements.near.value = ""; });
}
