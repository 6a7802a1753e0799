using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ServerlessBacklog.EndToEnd.Tests.Site;

/// <summary>Every page in a real browser: fit for everybody (WCAG 2.1 AA), quiet, by itself, and within a phone's width.</summary>
public sealed class SitePagesTests(Browser browser)
{
    private static readonly AxeRunOptions Rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } };

    public static TheoryData<string> Pages =>
    [
        "", "/items", "/items?q=crash&sort=age&order=down", "/duplicates", "/people", "/flow", "/forecast?by=2030-01-01&items=5", "/dependencies", "/ask?q=what+is+blocked",
        "/audit?verify=1", "/settings", "review", "item", "start", "missing",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_can_be_used_by_everybody_and_asks_nobody_else(string page)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var context = await browser.ContextAsync(scheme);
            var (tab, faults) = await OpenAsync(context, page);

            var axe = await tab.RunAxe(Rules);

            axe.Violations.Select(v => $"{v.Id}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty($"{page} {scheme}");
            faults.ShouldBeEmpty($"{page} {scheme}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_fits_a_phone(string page)
    {
        await using var context = await browser.ContextAsync(width: 360);
        var (tab, faults) = await OpenAsync(context, page);

        (await tab.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, page);
        faults.ShouldBeEmpty(page);
    }

    /// <returns>The page, and what it did that it should not: errors, and requests to other hosts.</returns>
    private async Task<(IPage Tab, List<string> Faults)> OpenAsync(IBrowserContext context, string page)
    {
        var tab = await context.NewPageAsync();
        var faults = new List<string>();
        tab.Console += (_, said) =>
        {
            // A page that is not there says so by its status, which the browser tells too.
            if (said.Type == "error" && !(page == "missing" && said.Text.Contains("404", StringComparison.Ordinal)))
                faults.Add(said.Text);
        };
        tab.PageError += (_, error) => faults.Add(error);
        tab.Request += (_, request) =>
        {
            if (!request.Url.StartsWith($"http://localhost:{browser.Port}/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                faults.Add($"request to {request.Url}");
        };
        await tab.GotoAsync(page switch
        {
            "review" => $"http://localhost:{browser.Port}/review/{Browser.Sample}",
            "start" => $"http://localhost:{browser.Port}/",
            "missing" => $"{browser.Root}/nope",
            "item" => await FirstItemAsync(tab),
            _ => browser.Root + page,
        });
        return (tab, faults);
    }

    private async Task<string> FirstItemAsync(IPage tab)
    {
        await tab.GotoAsync($"{browser.Root}/items");
        return $"http://localhost:{browser.Port}{await tab.Locator("tbody .item a").First.GetAttributeAsync("href")}";
    }
}
