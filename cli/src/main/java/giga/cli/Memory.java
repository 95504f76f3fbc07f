package giga.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used of the machine's memory, natives included. */
final class Memory {
    private Memory() {}

    /** The most resident memory so far; 0 where the system does not tell. */
    static long peakMebibytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        } catch (IOException e) {
            // Only Linux has this file.
        }
        return 0;
    }
}
