/** A made-up transfer slip as a picture, for those who have none at hand. */

import { now, zone } from "./world.js";
import { hour, shortDay, text } from "./texts.js";

const WIDTH = 480;
const HEIGHT = 340;

/** A PNG. */
export function sampleSlip() {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#7a4419";
  pen.fillRect(0, 0, WIDTH, 72);
  const write = (words, x, y, font, colour) => {
    pen.font = `${font} system-ui, sans-serif`;
    pen.fillStyle = colour;
    pen.fillText(words, x, y);
  };
  write(text("slip.title"), 28, 46, "bold 24px", "#ffffff");
  write(text("slip.amount"), 28, 122, "16px", "#6b6b6b");
  write("Rp1.000.000", 28, 158, "bold 32px", "#1c1c1c");
  write(text("slip.at"), 28, 214, "16px", "#6b6b6b");
  write(`${shortDay(now(), zone())} ${hour(now(), zone())}`, 28, 242, "20px", "#1c1c1c");
  write(text("slip.note"), 28, 306, "italic 15px", "#9a4a1c");
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
