// Hears of the points that the panel's page draws, from outside: the page does not know.

const MARK = 'gradient-health first point ';

/**
 * @param {import('playwright-core').Page} page the workbench, before it is opened
 * @returns {Promise<number[]>} moments in milliseconds since 1970 of the frames that showed the first records of a run,
 * as they come
 */
export async function watchPoints(page) {
  const moments = [];
  page.on('console', message => {
    if (message.text().startsWith(MARK)) moments.push(Number(message.text().slice(MARK.length)));
  });
  // Runs in every frame, before its scripts.
  await page.addInitScript(mark => {
    const { addEventListener } = EventTarget.prototype;
    let shown = false;
    EventTarget.prototype.addEventListener = function (type, listener, ...rest) {
      addEventListener.call(this, type, listener, ...rest);
      if (this !== globalThis || type !== 'message') return;
      addEventListener.call(this, type, ({ data }) => {
        if (data?.type === 'hydrate') shown &&= data.state.current?.records.length > 0;
        const records =
          data?.type === 'append' ? data.records : data?.type === 'hydrate' ? data.state.current?.records : undefined;
        if (shown || !records?.length) return;
        shown = true;
        // The page draws in the next frame; the one after it begins when that has been shown.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => console.log(mark + (performance.timeOrigin + performance.now()))),
        );
      });
    };
  }, MARK);
  return moments;
}
