package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Load;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
    void ofTheOverviewAndAnActor(@On(Shape.PAIRS) Site site) {
        PageUnderTest page = new PageUnderTest(browser, site.frontend(0).url());
        Caller caller = site.caller(0);
        Load.of(30, number -> caller.call("model", "null", Duration.ofMillis(150)))
                .and(4, number -> caller.call("vadder", "1"))
                .and(2, number -> caller.call("echo", "1"))
                .pausing(Duration.ofMillis(15))
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
                });
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
        page.until(
                "where the time went",
                () -> !page.all(".answer .fall li").isEmpty()
                        || page.text(".answer").contains("Not recorded"));
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
