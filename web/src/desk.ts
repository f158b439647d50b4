// What the desk does beyond links and forms. Without this file every page still works.
import * as Turbo from "@hotwired/turbo";
import { composer } from "./composer";
import { keys } from "./keys";
import { live } from "./live";
import { page } from "./page";

// Turbo's own progress bar brings its styles inline, which our content policy forbids; base.css draws one from aria-busy.
Turbo.config.drive.progressBarDelay = 2 ** 31 - 1;
Turbo.start();
page();
composer();
keys();
live();
