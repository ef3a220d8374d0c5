// The board speaks: a chime, then the call in Chinese, twice. Each call once, however often its fragment comes.
import { whenThere } from "./say.js";

const told = new Set();
const keep = 200;
const waiting = [];
let isSpeaking = false, isFirst = true, audio;

whenThere("[data-speak]", call => {
  const id = call.dataset.speakId ?? call.dataset.speak;
  if (told.has(id)) return;
  told.add(id);
  if (told.size > keep) told.delete(told.values().next().value);
  // What was called before this screen was switched on is not called again.
  if (isFirst && !("speakNow" in call.dataset)) return;
  waiting.push({ text: call.dataset.speak, times: Number(call.dataset.speakTimes ?? 2) });
  next();
});
addEventListener("load", () => { isFirst = false; });

async function next() {
  if (isSpeaking || waiting.length === 0) return;
  isSpeaking = true;
  const { text, times } = waiting.shift();
  await chime();
  for (let i = 0; i < times; i++) await speak(text);
  isSpeaking = false;
  next();
}

function chime() {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") { audio.resume(); if (audio.state === "suspended") return Promise.resolve(); }
    const from = audio.currentTime;
    [[659.25, 0], [523.25, 0.35]].forEach(([hertz, at]) => {
      const tone = audio.createOscillator(), loud = audio.createGain();
      tone.frequency.value = hertz;
      loud.gain.setValueAtTime(0.0001, from + at);
      loud.gain.exponentialRampToValueAtTime(0.3, from + at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, from + at + 0.6);
      tone.connect(loud).connect(audio.destination);
      tone.start(from + at);
      tone.stop(from + at + 0.65);
    });
    return new Promise(go => setTimeout(go, 950));
  } catch { return Promise.resolve(); }
}

function speak(text) {
  return new Promise(go => {
    if (!("speechSynthesis" in window)) { go(); return; }
    const words = new SpeechSynthesisUtterance(text);
    words.lang = "zh-CN";
    words.rate = 0.9;
    words.voice = speechSynthesis.getVoices().find(v => v.lang.startsWith("zh-CN")) ?? null;
    // Some engines never say that they have ended; the board must not fall silent for that.
    const limit = setTimeout(go, 12000);
    words.onend = words.onerror = () => { clearTimeout(limit); go(); };
    speechSynthesis.speak(words);
  });
}
