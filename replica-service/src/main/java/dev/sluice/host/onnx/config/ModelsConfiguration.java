package dev.sluice.host.onnx.config;

import dev.sluice.common.config.LinkProperties;
import dev.sluice.host.onnx.actor.BatchThreads;
import dev.sluice.host.onnx.actor.Interrupts;
import dev.sluice.host.onnx.actor.ModelContext;
import dev.sluice.host.onnx.metrics.ModelMeters;
import dev.sluice.host.onnx.repository.ModelWatch;
import dev.sluice.host.onnx.repository.ModelsHealth;
import dev.sluice.host.onnx.repository.OnnxModels;
import dev.sluice.host.onnx.repository.ServedModels;
import dev.sluice.host.onnx.session.NativeObjects;
import dev.sluice.sdk.config.ActorSettings;
import dev.sluice.sdk.host.Host;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves a folder of ONNX models, where {@code sluice.host.models.dir} names one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelsProperties.class)
class ModelsConfiguration {

    private static final String DIR = "sluice.host.models.dir";

    @Bean
    NativeObjects sluiceNativeObjects() {
        return new NativeObjects();
    }

    @Bean
    @ConditionalOnProperty(DIR)
    ModelThreads sluiceModelThreads() {
        return new ModelThreads(Runtime.getRuntime().availableProcessors());
    }

    @Bean
    @ConditionalOnProperty(DIR)
    Interrupts sluiceModelInterrupts() {
        return new Interrupts();
    }

    @Bean
    @ConditionalOnProperty(DIR)
    ModelContext sluiceModelContext(
            ModelsProperties properties,
            LinkProperties link,
            NativeObjects counted,
            ModelThreads threads,
            Interrupts interrupts) {
        return new ModelContext(
                PooledByteBufAllocator.DEFAULT,
                counted,
                properties.runtime(),
                properties.maxBatchSize(),
                link.maxPayload().toBytes(),
                new BatchThreads(threads, interrupts));
    }

    @Bean
    @ConditionalOnProperty(DIR)
    OnnxModels sluiceOnnxModels(ModelContext context) {
        return new OnnxModels(context);
    }

    @Bean
    ModelMeters sluiceModelMeters(MeterRegistry registry, NativeObjects counted) {
        return new ModelMeters(registry, counted);
    }

    @Bean
    @ConditionalOnProperty(DIR)
    ServedModels sluiceServedModels(OnnxModels models, Host host, ActorSettings settings, ModelsProperties properties) {
        return new ServedModels(models, host, settings, properties.serve());
    }

    @Bean
    @ConditionalOnProperty(DIR)
    ModelWatch sluiceModelWatch(
            ModelsProperties properties,
            ModelContext context,
            ServedModels served,
            ModelMeters meters,
            MeterRegistry registry) {
        Path dir = Objects.requireNonNull(properties.dir(), DIR);
        ModelWatch watch = new ModelWatch(dir, context, served, meters, properties.watchInterval());
        meters.states(registry, watch::statuses);
        return watch;
    }

    @Bean
    ModelsHealth sluiceModelsHealthIndicator(ObjectProvider<ModelWatch> watch) {
        return new ModelsHealth(watch.getIfAvailable());
    }
}
