/* Hocuspocus as its documentation starts it, with nothing stored: what it costs it costs for fan-out alone. */
import { Server } from "@hocuspocus/server";

await new Server({ port: Number(process.env.PORT), address: "127.0.0.1", quiet: true }).listen();
