// What the desk does beyond links and forms. Without this file every page still works.
import * as Turbo from "@hotwired/turbo";
import { articles } from "./articles";
import { bell } from "./bell";
import { coach } from "./coach";
import { composer } from "./composer";
import { crossing } from "./crossing";
import { draft } from "./draft";
import { files } from "./files";
import { find } from "./find";
import { keys } from "./keys";
import { lists } from "./lists";
import { live } from "./live";
import { macros } from "./macros";
import { mentions } from "./mentions";
import { page } from "./page";
import { palette } from "./palette";
import { presence } from "./presence";
import { preview } from "./preview";
import { puts } from "./puts";
import { search } from "./search";
import { sending } from "./sending";
import { sought } from "./sought";

// base.css draws a progress bar from aria-busy; Turbo's own would need styles inside the page.
Turbo.config.drive.progressBarDelay = 2 ** 31 - 1;
Turbo.start();
page();
crossing();
sending();
composer();
draft();
coach();
files();
presence();
find();
sought();
articles();
macros();
puts();
mentions();
preview();
lists();
keys();
search();
palette();
bell();
live();

// A page of our own when the server is away altogether. Browsers allow it over https and on this machine alone.
const worker = document.querySelector<HTMLElement>("#phrases")?.dataset["worker"];
if (worker) navigator.serviceWorker?.register(worker, { scope: "/" }).catch(() => undefined);
