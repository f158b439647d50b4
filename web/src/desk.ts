// What the desk does beyond links and forms. Without this file every page still works.
import * as Turbo from "@hotwired/turbo";
import { articles } from "./articles";
import { composer } from "./composer";
import { keys } from "./keys";
import { live } from "./live";
import { page } from "./page";

// base.css draws a progress bar from aria-busy; Turbo's own would need styles inside the page.
Turbo.config.drive.progressBarDelay = 2 ** 31 - 1;
Turbo.start();
page();
composer();
articles();
keys();
live();
