package gatehouse.idp.boot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** An embedded PostgreSQL, an embedded Redis and a master key, in one folder that one server uses at a time. */
public final class EmbeddedStores implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final String masterKey;
    private final FileChannel lockFile;

    private EmbeddedStores(EmbeddedPostgres postgres, EmbeddedRedis redis, String masterKey, FileChannel lockFile) {
        this.postgres = postgres;
        this.redis = redis;
        this.masterKey = masterKey;
        this.lockFile = lockFile;
    }

    /**
     * Starts both servers.
     *
     * @throws FolderInUse if another server uses {@code folder}
     */
    public static EmbeddedStores start(Path folder) {
        try {
            Files.createDirectories(folder);
            var lockFile = lock(folder);
            // One after the other: a program that is still being written when another is started cannot be run (ETXTBSY).
            EmbeddedRedis redis = null;
            try {
                redis = EmbeddedRedis.start(folder.resolve("redis"));
                var postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                return new EmbeddedStores(postgres, redis, masterKey(folder), lockFile);
            } catch (RuntimeException failed) {
                if (redis != null) {
                    redis.close();
                }
                lockFile.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException inThisProcess) {
            // Answered below, as for any other holder.
        }
        if (lock == null) {
            channel.close();
            throw new FolderInUse(folder);
        }
        return channel;
    }

    private static String masterKey(Path folder) throws IOException {
        var file = folder.resolve("master-key");
        if (!Files.exists(file)) {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getEncoder().encodeToString(bytes));
        }
        return Files.readString(file).strip();
    }

    /** Removes everything in {@code folder}. */
    public static void wipe(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            LeftOver.stop(folder.resolve("postgres/data/postmaster.pid"), "postgres");
            LeftOver.stop(folder.resolve("redis/redis.pid"), "redis");
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot wipe " + folder, failed);
        }
    }

    /** Another server uses the folder. */
    public static final class FolderInUse extends RuntimeException {
        FolderInUse(Path folder) {
            super("another Gatehouse is running on " + folder + "; stop it first, or use another folder");
        }
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    /** The master key, Base64. */
    public String masterKey() {
        return masterKey;
    }

    @Override
    public void close() {
        try (lockFile) {
            redis.close();
            postgres.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
