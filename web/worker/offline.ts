// A worker of the browser's that shows our own page when the server cannot be reached at all. It keeps nothing else.
const scope = self as unknown as ServiceWorkerGlobalScope;
/** Our address names what the page is made of. When that changes we are installed anew, and keep the new page beside the old one. */
const kept = `heliotrope-offline ${scope.location.search}`;

/** Keeps the page and what it looks like. */
async function keep(): Promise<void> {
  const cache = await caches.open(kept);
  const page = await fetch("/offline");
  const words = await page.clone().text();
  await cache.put("/offline", page);
  await cache.addAll([...new Set(words.match(/\/assets\/[\w.-]+\?v=\w+/g))]);
  await scope.skipWaiting();
}

/** What an earlier build kept. */
async function forget(): Promise<void> {
  await Promise.all((await caches.keys()).filter((each) => each !== kept).map((each) => caches.delete(each)));
}

scope.addEventListener("install", (event) => event.waitUntil(keep()));
scope.addEventListener("activate", (event) => event.waitUntil(forget()));

// What a phone shows goes to its conversation when it is touched.
scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path: unknown = event.notification.data;
  if (typeof path === "string" && path.startsWith("/conversations/")) event.waitUntil(scope.clients.openWindow(path));
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const asset = new URL(request.url).pathname.startsWith("/assets/");
  if (request.method !== "GET" || (request.mode !== "navigate" && !asset)) return;
  event.respondWith(fetch(request).catch(async () => (await caches.match(asset ? request : "/offline")) ?? Response.error()));
});
