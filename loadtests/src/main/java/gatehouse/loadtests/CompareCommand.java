package gatehouse.loadtests;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
@Command(name = "compare")
final class CompareCommand implements Callable<Integer> { public Integer call() { return 0; } }
