// Starts Azurite and ends it with the process that started it: however that one dies, its end closes our standard input.
"use strict";
process.stdin.on("end", () => process.exit()).resume();
require("azurite/dist/src/azurite");
