# SPDX-License-Identifier: Apache-2.0
"""A browser without a window, driven through a pipe; for tests of pages."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "there is no browser: the package is chromium"


class Browser:
    """Shows one page; `with` closes it."""

    def __init__(self, language="en-US"):
        # Processes of its own may write there a moment longer than it lives.
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        read_end, self.write_end = os.pipe()
        self.read_end, write_end = os.pipe()

        def place_pipe():  # which is expected at 3 and 4
            ends = os.dup(read_end), os.dup(write_end)
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.child = subprocess.Popen(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={self.folder.name}", f"--accept-lang={language}",
             f"--lang={language}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            close_fds=False, preexec_fn=place_pipe)
        os.close(read_end)
        os.close(write_end)
        self.number = 0
        self.given = b""
        self.session = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target,
                                flatten=True)["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session = None
        try:
            self.ask("Browser.close")
            self.child.wait(10)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self.child.kill()
            self.child.wait()
        os.close(self.read_end)
        os.close(self.write_end)
        self.folder.cleanup()

    def ask(self, method, **values):
        """Sends a command and returns its answer; what is told in between is passed over."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": values}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.given:
                piece = os.read(self.read_end, 1 << 16)
                if not piece:
                    raise RuntimeError("the browser has ended")
                self.given += piece
            answer, self.given = self.given.split(b"\0", 1)
            answer = json.loads(answer)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]

    def width(self, pixels):
        self.ask("Emulation.setDeviceMetricsOverride", width=pixels, height=900,
                 deviceScaleFactor=1, mobile=False)

    def show(self, path, fragment=""):
        """Shows a file, to its end."""
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=pathlib.Path(path).as_uri() + fragment)
        self.run("new Promise(done => document.readyState === 'complete' ? done() :"
                 " addEventListener('load', () => done()))")

    def run(self, script):
        """The value of a script, a promise waited for."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True,
                          awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")
