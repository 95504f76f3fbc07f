package giga.redraw.job;

import giga.canvas.store.Failures;
import giga.redraw.JobException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a job to one process. The operating system holds the lock and frees it however the process ends, so the file that
 * stays behind means nothing; what it says is only for the message that the second process gets.
 */
final class JobLock implements AutoCloseable {
    static final String NAME = "lock";

    /** Behind the text, which must stay readable: where locks are mandatory nobody else can read a locked byte. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_OWNER = 300;

    /**
     * The folders this process holds. A second try within the process must not even open the file: on POSIX closing any
     * of a file's descriptors frees all locks that the process has on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private JobLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws JobException when another holder has it, or the lock file cannot be written */
    static JobLock acquire(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            Path folder = directory.toRealPath();
            if (!HELD.add(folder)) throw inUse(directory, "this very process");
            try {
                return new JobLock(folder, locked(directory, file));
            } catch (Throwable e) {
                HELD.remove(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new JobException(
                    "Cannot lock the job %s: %s. Check that you may write to the folder and that its disk knows locks."
                            .formatted(directory, Failures.reason(e)),
                    e);
        }
    }

    private static FileChannel locked(Path directory, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) throw inUse(directory, owner(channel));
            ByteBuffer owner = StandardCharsets.UTF_8.encode(
                    "process %d on %s\n".formatted(ProcessHandle.current().pid(), host()));
            channel.truncate(0);
            channel.write(owner, 0);
            return channel;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private static JobException inUse(Path directory, String owner) {
        return new JobException(
                "The job %s is in use by %s. Wait for it to end or stop it; it can be resumed afterwards."
                        .formatted(directory, owner));
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_OWNER);
        channel.read(text, 0);
        String owner = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
        return owner.matches("process \\d+ on [\\w.-]+") ? owner : "another process";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Frees the lock. The file stays: deleting it would let two processes lock two files of one name. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock is free all the same once the process ends, and no bytes of the job are at stake.
        } finally {
            HELD.remove(folder);
        }
    }
}
