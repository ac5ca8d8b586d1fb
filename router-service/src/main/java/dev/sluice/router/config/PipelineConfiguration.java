package dev.sluice.router.config;

import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.fleet.control.DeclaredPipelines;
import dev.sluice.router.metrics.MicrometerPipelineMetrics;
import dev.sluice.router.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Wires what runs pipelines. */
@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {

    /** What is under way is limited by what it holds; what waits here is as little as that. After a stop, tasks run where they come from. */
    @Bean(destroyMethod = "shutdown")
    ThreadPoolExecutor pipelineThreads() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        CustomizableThreadFactory named = new CustomizableThreadFactory("sluice-pipeline-");
        named.setDaemon(true);
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named, (task, pool) -> task.run());
    }

    @Bean
    Pipelines pipelines(
            ActorDirectory actors, RouterLinks links, ThreadPoolExecutor pipelineThreads, MeterRegistry meters) {
        return new Pipelines(
                actors, links.calls(), pipelineThreads, pipeline -> new MicrometerPipelineMetrics(meters, pipeline));
    }

    @Bean
    DeclaredPipelines declaredPipelines(Pipelines pipelines, RouterLinks links) {
        return new DeclaredPipelines(pipelines, links);
    }

    @Bean
    PipelineTicker pipelineTicker(Pipelines pipelines) {
        return new PipelineTicker(pipelines);
    }
}
