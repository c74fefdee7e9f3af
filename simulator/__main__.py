"""`python -m simulator --port N`: run the simulator until interrupted."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from simulator.clock import parse_instant
from simulator.config import DEFAULT_ACCOUNT_SID, DEFAULT_AUTH_TOKEN, DEFAULT_TOKEN, SimConfig, refuse_real
from simulator.server import Simulator


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free port")
    parser.add_argument("--start", type=parse_instant, help="freeze the clock at this ISO instant")
    parser.add_argument("--run", type=float, help="let the clock run at this factor of real time")
    parser.add_argument("--token", action="append", default=[], help="a further bot token to accept")
    parser.add_argument("--inbound-url", help="where messages of customers are posted to")
    parser.add_argument("--no-strict-rates", action="store_true", help="do not enforce the providers' rate limits")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    try:
        refuse_real(arguments.token)
    except ValueError as refusal:
        sys.exit(f"refused: {refusal}")
    config = SimConfig(bot_tokens=arguments.token, inbound_url=arguments.inbound_url)
    config.strict_rates = not arguments.no_strict_rates
    simulator = Simulator(config=config, start=arguments.start)
    url = await simulator.start(arguments.port)
    if arguments.run is not None:
        simulator.world.clock.run(arguments.run)
    lines = (
        f"simulator on {url} (nothing leaves this machine)",
        f"TELEGRAM_API_URL={url}",
        f"TELEGRAM_BOT_TOKEN={(arguments.token or [DEFAULT_TOKEN])[0]}",
        f"TWILIO_API_URL={url}",
        f"TWILIO_CONTENT_URL={url}",
        f"TWILIO_ACCOUNT_SID={DEFAULT_ACCOUNT_SID}",
        f"TWILIO_AUTH_TOKEN={DEFAULT_AUTH_TOKEN}",
        f"SANTUN_CLOCK_URL={url}/sim/clock",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    done = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, done.set)
    await done.wait()
    await simulator.stop()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
