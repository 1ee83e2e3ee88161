package gatehouse.spi.hosting.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadNiceTest {

    private static final int NICE_FIELD = 18 - 2; // proc(5): the 19th field, counted after "pid (name)"

    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelPutsALoweredThreadBehindAllOthersAndNoOtherThread() throws Exception {
        var lowered = new String[2];
        var thread = Thread.ofPlatform().start(() -> {
            var id = ThreadNice.currentThreadId();
            lowered[0] = nice(id);
            assertThat(ThreadNice.lower(id)).isTrue();
            lowered[1] = nice(id);
        });
        thread.join();
        assertThat(lowered[1]).isEqualTo("19").isNotEqualTo(lowered[0]);
        assertThat(nice(ThreadNice.currentThreadId())).isEqualTo(lowered[0]);
    }

    @Test
    void aThreadThatCannotBeToldIsLeftAlone() {
        assertThat(ThreadNice.lower(0)).isFalse();
    }

    private static String nice(int threadId) {
        try {
            var line = Files.readString(Path.of("/proc/self/task/" + threadId + "/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ")[NICE_FIELD];
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
