package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.call.Load;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page against a platform, as somebody uses it. */
@ExtendWith(Sites.class)
class PageIT {

    private static Browser browser;

    private Site site;
    private PageUnderTest page;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void use(@On(Shape.SPOKEN) Site spoken) {
        site = spoken;
        for (String actor : List.of("vadder", "digits", "filetype", "ticks")) {
            site.awaitPublished(actor);
        }
        page = new PageUnderTest(browser, site.frontend(0).url());
        browser.size(1280, 900);
        browser.wants("light");
    }

    @AfterEach
    void hasNothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsTheTiersAndTheActors() {
        page.open("");
        page.until("all tiers", () -> page.all(".tier.hosts .box").size() == 1);
        assertThat(page.text(".tier.frontends .box .id")).isEqualTo("frontend-0");
        assertThat(page.text(".tier.routers .box .id")).isEqualTo("router-0");
        assertThat(page.text(".tier.hosts .box .id")).isEqualTo("host-0");
        page.until("replicas", () -> page.all(".tier.hosts .cell.ready").size() > 5);
        page.until("flows", () -> page.all(".flows path.flow").size() == 2);
        page.until("the actors", () -> page.all(".actors tbody tr").size() > 5);
        assertThat(page.text(".actors tbody")).contains("vadder", "digits", "each input + increment");
    }

    @Test
    void movesWithTheTraffic() {
        page.open("");
        Load.of(2, caller -> site.caller(0).call("vadder", "1"))
                .pausing(Duration.ofMillis(5))
                .during(() -> {
                    page.until("figures", () -> !page.cell("vadder", "Offered").equals("0"));
                    page.until("goodput", () -> !page.cell("vadder", "Goodput").equals("0"));
                    page.until("latencies", () -> page.cell("vadder", "p99").contains("ms"));
                    page.until("batches", () -> !page.cell("vadder", "Batch").equals("–"));
                    page.until("flow", () -> page.all(".flows path.flow.on").size() == 2);
                    page.open("actors/vadder");
                    page.until(
                            "latencies of the actor",
                            () -> page.all(".charts rect.bar").size() > 2);
                    page.until(
                            "its replicas at work",
                            () -> page.all(".list tbody tr").stream()
                                    .anyMatch(row -> row.getText().contains("%")));
                });
    }

    @Test
    void callsAnActorByAFormOfItsOwn() {
        page.openConsole("vadder");
        page.type("Input", "9007199254740993");
        page.type("Deadline in ms", "60000");
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        assertThat(page.result()).isEqualTo("9007199254740994");
        assertThat(page.text(".answer .outcome")).contains("ms", "id ");
        page.until("where the time went", () -> page.text(".answer").contains("Where the time went"));
        page.until(
                "its way through the tiers", () -> !page.all(".answer .fall li").isEmpty());
        assertThat(page.text(".answer .path")).contains("frontend", "router", "host");
        assertThat(page.text(".answer .fall")).contains("Waits in the queue", "Runs");
    }

    @Test
    void saysWhatIsWrongBeforeItSendsAnything() {
        page.openConsole("vadder");
        page.type("Input", "1.5");
        page.press("Call");
        page.until("a word", () -> page.text("form.ask").contains("Write a whole number"));
        assertThat(page.all(".answer .outcome").get(0).isDisplayed()).isFalse();
        page.openConsole("model");
        page.type("Input", "{");
        page.press("Call");
        page.until("another", () -> page.text("form.ask").contains("This is not JSON"));
    }

    @Test
    void recognisesADrawnDigit() {
        page.openConsole("digits");
        WebElement pad = page.one(".pad canvas");
        new Actions(browser.driver())
                .moveToElement(pad, -70, -90)
                .clickAndHold()
                .moveByOffset(140, 0)
                .moveByOffset(-80, 190)
                .release()
                .perform();
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        assertThat(page.result()).isEqualTo("7");
    }

    @Test
    void takesAFileThatIsChosenOrDropped() {
        page.openConsole("filetype");
        page.one("input[type=file]")
                .sendKeys(Places.project().resolve("pom.xml").toString());
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        assertThat(page.result()).isEqualTo("xml");

        page.openConsole("filetype");
        browser.run("""
                const transfer = new DataTransfer();
                transfer.items.add(new File(['#!/bin/sh\\nset -e\\nfor f in *; do echo "$f"; done\\n'], 'run'));
                document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
                """);
        assertThat(page.text(".drop")).contains("run, ");
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        assertThat(page.result()).isEqualTo("shell");
    }

    @Test
    void showsAStreamAsItComes() {
        page.openConsole("ticks");
        page.type("Input", "3");
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        assertThat(page.all(".answer .stream li")).hasSize(3);
        assertThat(page.text(".answer")).contains("3 results");
    }

    @Test
    void stopsAStreamThatNobodyWantsAnyMore() {
        page.openConsole("ticks");
        page.select("Method").selectByVisibleText("paced");
        page.until("its form", () -> page.text("form.ask").contains("JSON: Pace"));
        page.type("Input", "{\"n\": 1000, \"everyMillis\": 200}");
        page.press("Call");
        page.until("results", () -> !page.all(".answer .stream li").isEmpty());
        page.press("Stop");
        page.until("the word for it", () -> page.text(".answer .outcome").contains("cancelled by you"));
        page.until("another call", () -> page.one("form.ask button.primary").isEnabled());
    }

    @Test
    void isUsedWithKeysAlone() {
        page.open("");
        press(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Skip to content");
        press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Console");
        press(Keys.ENTER);
        page.until("the console", () -> !page.all("form.ask select").isEmpty());
        assertThat(focused().getDomAttribute("id")).isEqualTo("view");
        page.until("its form", () -> page.one("form.ask button.primary").isEnabled());
        press(Keys.TAB);
        assertThat(focused()).isEqualTo(page.labelled("Actor"));
        // The first of its letter: more letters would have to come soon after each other.
        focused().sendKeys("v");
        page.until("the form of vadder", () -> page.text("form.ask").contains("A whole number"));
        press(Keys.TAB);
        assertThat(focused()).isEqualTo(page.labelled("Input"));
        new Actions(browser.driver())
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys("41")
                .keyDown(Keys.CONTROL)
                .sendKeys(Keys.ENTER)
                .keyUp(Keys.CONTROL)
                .perform();
        assertThat(page.outcome()).isEqualTo("answered · 200");
        assertThat(page.result()).isEqualTo("42");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    @Test
    void drawsWithKeys() {
        page.openConsole("digits");
        WebElement pad = page.one(".pad canvas");
        // To the right and up, then a stroke straight down.
        pad.sendKeys(Keys.ARROW_UP.toString().repeat(6) + " "
                + Keys.ARROW_DOWN.toString().repeat(13) + " ");
        assertThat(page.text(".pad")).contains("Pen up");
        page.press("Call");
        assertThat(page.outcome()).isEqualTo("answered · 200");
        assertThat(page.result()).isEqualTo("1");
    }

    @Test
    void isLightOrDarkAsTheSystemIsUntilSomebodyChooses() {
        page.open("");
        String light = background();
        browser.wants("dark");
        page.until("dark", () -> !background().equals(light));
        String dark = background();
        page.one("#theme").click();
        assertThat(background()).isEqualTo(light);
        page.open("");
        assertThat(background()).isEqualTo(light);
        page.one("#theme").click();
        assertThat(background()).isEqualTo(dark);
        browser.wants("light");
        page.until("light", () -> background().equals(light));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "actors/vadder", "console/digits", "console/filetype", "queries", "events"})
    void fitsANarrowScreen(String view) {
        browser.size(360, 740);
        page.open(view);
        page.until("something", () -> page.one("main").getText().length() > 40);
        assertThat(browser.run("return document.scrollingElement.scrollWidth")).isEqualTo(360L);
    }

    private static void press(Keys... keys) {
        for (Keys key : keys) {
            new Actions(browser.driver()).sendKeys(key).perform();
        }
    }

    private static WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    private static String background() {
        return String.valueOf(browser.run("return getComputedStyle(document.body).backgroundColor"));
    }
}
