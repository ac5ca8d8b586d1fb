package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.interactions.Actions;

/** Takes the pictures of docs/page.md: {@code -Dsluice.pictures.page=docs/images}. */
@ExtendWith(Sites.class)
class PagePicturesIT {

    private static final String FOLDER = System.getProperty("sluice.pictures.page", "");
    private static final int MOST_BYTES = 200_000;
    private static final int WIDTH = 1200;

    private static Browser browser;

    @BeforeAll
    static void start() {
        assumeTrue(!FOLDER.isEmpty(), "Nobody asked for pictures (-Dsluice.pictures.page=FOLDER).");
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void ofTheOverviewAnActorAndQueries(@On(Shape.PAIRS) Site site) {
        PageUnderTest page = new PageUnderTest(browser, site.frontend(0).url());
        Caller caller = site.caller(0);
        // Bursts, which become batches; some of the last are more than replicas do within so short a time, and are
        // shed.
        Load.of(4, number -> burst(caller, 6, Duration.ofMillis(500)))
                .and(1, number -> burst(caller, 6, Duration.ofMillis(60)))
                .and(2, number -> caller.call("adder", "1"))
                .and(1, number -> caller.call("counter", "null"))
                .and(2, number -> caller.call("echo", "1"))
                .pausing(Duration.ofMillis(80))
                .during(() -> {
                    browser.size(WIDTH, 1000);
                    page.open("");
                    awaitMinute(page);
                    take("page-overview", 1000);
                    browser.driver().executeScript("location.hash = '#/actors/model'");
                    page.until(
                            "its latencies", () -> !page.all(".charts rect.bar").isEmpty());
                    take("page-actor", 1100);
                    browser.wants("dark");
                    browser.driver().executeScript("location.hash = '#/'");
                    page.until("the overview", () -> !page.all(".tiers .box").isEmpty());
                    take("page-dark", 560);
                    browser.size(360, 740);
                    take("page-narrow", 740);
                    browser.wants("light");
                    ofQueries(page);
                });
    }

    private static void burst(Caller caller, int queries, Duration slo) {
        Caller.all(Stream.generate(() -> caller.callLater("model", "null", slo))
                .limit(queries)
                .toList());
    }

    private static void ofQueries(PageUnderTest page) {
        browser.size(WIDTH, 760);
        page.open("queries");
        page.until("queries", () -> page.all(".queries tbody tr").size() > 20);
        By batched = By.xpath("//table[@class='queries']/tbody/tr[contains(., 'model') and contains(., 'Runs')]//a");
        page.until(
                "one of the model",
                () -> !browser.driver().findElements(batched).isEmpty());
        browser.driver().findElement(batched).click();
        page.until("its waterfall", () -> !page.all(".chosen .fall li").isEmpty());
        take("page-queries", 760);
    }

    @Test
    void ofARollout(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("ranking", 2, "{\"label\": \"1\"}");
        site.awaitPublished("ranking");
        PageUnderTest page = new PageUnderTest(browser, site.frontend(0).url());
        new TrialCallers(site.caller(0), "ranking").during(() -> {
            rollOut(control, "2", "1s", "\"label\": \"2\"");
            await().until(() -> control.currentVersion("ranking").equals("2"));
            rollOut(control, "3", "1s", "\"label\": \"3\", \"broken\": \"queries\"");
            await().until(() -> !control.events("ranking", "rollback").isEmpty());
            rollOut(control, "4", "1h", "\"label\": \"4\"");
            browser.size(WIDTH, 760);
            page.open("events");
            page.until("the rollout", () -> page.text("ul.happened").contains("Version 4 gets 20 %"));
            page.until(
                    "what became of the others",
                    () -> page.text("ol.happened").contains("ranking@4-")
                            && page.text("ol.happened").contains("version 3 is no longer wanted"));
            take("page-rollout", 760);
        });
    }

    private static void rollOut(ControlPage control, String version, String stepTime, String args) {
        control.done(
                "POST",
                "actors/ranking/rollout",
                "{\"version\": \"" + version + "\", \"args\": {" + args
                        + "}, \"steps\": [20, 60, 100], \"step-time\": \"" + stepTime + "\"}");
    }

    @Test
    void ofTheConsole(@On(Shape.SPOKEN) Site site) {
        PageUnderTest page = new PageUnderTest(browser, site.frontend(0).url());
        browser.size(WIDTH, 800);
        page.openConsole("digits");
        new Actions(browser.driver())
                .moveToElement(page.one(".pad canvas"), -70, -90)
                .clickAndHold()
                .moveByOffset(140, 0)
                .moveByOffset(-80, 190)
                .release()
                .perform();
        page.press("Call");
        page.outcome();
        page.until("where the time went", () -> !page.all(".answer .fall li").isEmpty());
        take("page-console", 800);
    }

    /** Until the lines are full. */
    private static void awaitMinute(PageUnderTest page) {
        page.until("a minute of lines", () -> {
            Object points = browser.run(
                    "return document.querySelector('.figure .line')?.getAttribute('d').split('L').length ?? 0");
            return points instanceof Long count && count >= 55;
        });
        assertThat(page.all(".tier.routers .box")).hasSize(2);
    }

    private static void take(String name, int height) {
        long width = (Long) browser.run("return innerWidth");
        browser.size((int) width, height);
        browser.run("scrollTo(0, 0)");
        byte[] picture = SmallPicture.of(browser.picture());
        assertThat(picture.length).as(name).isLessThan(MOST_BYTES);
        try {
            Path folder = Files.createDirectories(Places.project().resolve(FOLDER));
            Files.write(folder.resolve(name + ".png"), picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
