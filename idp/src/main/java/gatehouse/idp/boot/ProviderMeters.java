package gatehouse.idp.boot;

import gatehouse.spi.hosting.HostedProviders;
import gatehouse.spi.hosting.guard.ProviderMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The counters of hosted providers, as metrics labelled by kind and id. */
final class ProviderMeters {

    private ProviderMeters() {}

    static void register(MeterRegistry registry, HostedProviders providers) {
        for (var provider : providers.metrics()) {
            counter(registry, providers, provider, "calls", ProviderMetrics::calls);
            counter(registry, providers, provider, "failures", ProviderMetrics::failures);
            counter(registry, providers, provider, "timeouts", ProviderMetrics::timeouts);
            counter(registry, providers, provider, "shed", ProviderMetrics::shed);
            Gauge.builder("gatehouse.provider.leaked.threads", providers, all -> value(all, provider, ProviderMetrics::leaked))
                    .tags("spi", provider.spi(), "provider", provider.provider())
                    .register(registry);
        }
    }

    private static void counter(
            MeterRegistry registry, HostedProviders providers, ProviderMetrics provider, String name,
            ToDoubleFunction<ProviderMetrics> value) {
        FunctionCounter.builder("gatehouse.provider." + name, providers, all -> value(all, provider, value))
                .tags("spi", provider.spi(), "provider", provider.provider())
                .register(registry);
    }

    private static double value(HostedProviders all, ProviderMetrics which, ToDoubleFunction<ProviderMetrics> value) {
        return all.metrics().stream()
                .filter(now -> now.spi().equals(which.spi()) && now.provider().equals(which.provider()))
                .mapToDouble(value)
                .sum();
    }
}
