using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Adapters.Tests.Reports;

public sealed class HtmlReportTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</script><img src=x onerror=alert(1)>")]
    [InlineData("\"><svg onload='alert(1)'>")]
    [InlineData("</style><!-- & &lt; ]]>")]
    [InlineData("' autofocus onfocus=alert(1) x='")]
    public async Task Markup_in_any_field_stays_text(string text)
    {
        var calm = Page.Tags(await Page.OfAsync(Page.FilledWith("calm"))).Select(Name);

        var html = await Page.OfAsync(Page.FilledWith(text));

        Page.Tags(html).Select(Name).ShouldBe(calm, "the text adds no tag and ends none");
        Page.Tags(html).ShouldAllBe(t => !Regex.IsMatch(Regex.Replace(t, "\"[^\"]*\"", ""), @"\son\w+"));
        WebUtility.HtmlDecode(html).ShouldContain(text);

        static string Name(string tag) => Regex.Match(tag, "^</?[^ >]+").Value;
    }

    [Fact]
    public async Task A_title_that_ends_scripts_survives_in_the_data()
    {
        const string title = "</script><script>alert('x')</script> \"quoted\" \u2028 שלום 😀";

        var html = await Page.OfAsync(Page.Input([An.Item(1, title)]));

        var json = Regex.Match(html, "<script type=\"application/json\" id=\"rows\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        JsonDocument.Parse(json).RootElement.GetProperty("rows")[0][1].GetString().ShouldBe(title);
        Regex.Count(html, "<script").ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_fetched()
    {
        var html = await Page.OfAsync(Page.Input([An.Item(1) with { Url = new Uri("https://github.com/owner/repo/issues/1") }]));

        Page.Attributes(html, "src").ShouldBeEmpty();
        Page.Tags(html).Where(t => t.StartsWith("<link", StringComparison.Ordinal)).ShouldBe(["<link rel=\"icon\" href=\"data:,\">"]);
        Regex.Matches(html, "https?://[^\"&<]*").Select(m => m.Value).Distinct().ShouldBe(["https://github.com/owner/repo/issues/1"]);
        ReportAssets.Style.ShouldNotContain("url(");
        ReportAssets.Style.ShouldNotContain("@import");
    }

    [Fact]
    public async Task The_policy_names_exactly_the_inlined_style_and_script()
    {
        var html = await Page.OfAsync(Page.Input([An.Item(1)]));

        var policy = WebUtility.HtmlDecode(Page.Attributes(html, "content").Single(c => c.StartsWith("default-src", StringComparison.Ordinal)));
        policy.ShouldStartWith("default-src 'none'; ");
        foreach (var inlined in Regex.Matches(html, "<(script|style)>(.*?)</\\1>", RegexOptions.Singleline).Select(m => m.Groups[2].Value).ToList())
            policy.ShouldContain($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inlined)))}'");
        Page.Attributes(html, "style").ShouldBeEmpty("the policy would refuse them");
    }

    [Fact]
    public async Task Every_id_is_unique_and_every_target_exists()
    {
        var html = await Page.OfAsync(Page.FilledWith("text"));

        var ids = Page.Attributes(html, "id");
        ids.ShouldBeUnique();
        Page.Attributes(html, "href").Where(h => h.StartsWith('#')).ShouldAllBe(h => ids.Contains(h.Substring(1)));
        Page.Attributes(html, "aria-labelledby").ShouldAllBe(l => ids.Contains(l));
    }

    [Fact]
    public async Task Every_tag_that_opens_also_closes()
    {
        var open = new Stack<string>();
        string[] single = ["meta", "link", "input", "rect", "path"];
        foreach (var tag in Page.Tags(await Page.OfAsync(Page.FilledWith("text"))))
        {
            var name = Regex.Match(tag, "^</?([^ >/]+)").Groups[1].Value;
            if (tag.StartsWith("</", StringComparison.Ordinal))
            {
                if (!single.Contains(name))
                    open.Pop().ShouldBe(name);
            }
            else if (!single.Contains(name) && !tag.EndsWith("/>", StringComparison.Ordinal) && !tag.StartsWith("<!", StringComparison.Ordinal))
            {
                open.Push(name);
            }
        }

        open.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("https://tracker.example/1", true)]
    [InlineData("http://tracker.example/1", true)]
    public async Task Only_addresses_of_the_web_become_links(string address, bool isLink)
    {
        var html = await Page.OfAsync(Page.Input([An.Item(1) with { Url = new Uri(address) }]));

        Page.Attributes(html, "href").Contains(address).ShouldBe(isLink);
        if (!isLink)
            html.ShouldNotContain(address);
    }

    [Fact]
    public async Task A_served_page_links_to_our_own_item_pages()
    {
        var html = await Page.OfAsync(Page.Input([An.Item(1)]), new ReportLook { ItemPage = item => $"/items/{item.ToKey()}" });

        Page.Attributes(html, "href").ShouldContain("/items/github~owner!2f!repo~1");
    }

    [Fact]
    public async Task An_empty_backlog_gives_a_page_that_says_so()
    {
        var html = await Page.OfAsync(Page.Input([]));

        html.ShouldContain("so there is nothing to say yet.");
        html.ShouldContain("No item is open.");
        html.ShouldEndWith("</html>");
    }

    [Fact]
    public async Task A_part_that_the_data_cannot_fill_says_why()
    {
        var item = An.Item(1);

        var html = await Page.OfAsync(Page.Input([item], Finding.NotYet(StepName.Assignment, item.Ref, "The export holds no people.")));

        html.ShouldContain("<p class=\"why\"><bdi>The export holds no people.</bdi></p>");
    }

    [Fact]
    public async Task A_very_long_title_is_cut()
    {
        var html = await Page.OfAsync(Page.Input([An.Item(1, new string('x', 5000))]));

        html.ShouldContain(new string('x', 239) + "…");
        html.ShouldNotContain(new string('x', 241));
    }

    [Fact]
    public async Task Thousands_of_items_stay_below_six_megabytes()
    {
        var items = Enumerable.Range(1, 10_000).Select(n => An.Item(n, $"Item {n} with a title of the usual length, about ninety characters as trackers show them") with
        {
            Url = new Uri($"https://github.com/owner/repo/issues/{n}"),
            Type = "bug",
            Areas = ["editor/rendering"],
        }).ToList();

        var html = await Page.OfAsync(Page.Input(items));

        html.Length.ShouldBeLessThan(6_000_000);
        Regex.Count(html, "<tr data-nav").ShouldBe(100, "the rest is data");
    }

    [Fact]
    public async Task The_same_report_gives_the_same_page()
    {
        var input = Page.FilledWith("text");

        (await Page.OfAsync(input)).ShouldBe(await Page.OfAsync(input));
    }

    [Fact]
    public async Task The_stream_stays_open()
    {
        using var stream = new MemoryStream();

        await HtmlReport.RenderAsync(ReportBuilder.Build(Page.Input([])), stream, cancellation: TestContext.Current.CancellationToken);

        stream.CanWrite.ShouldBeTrue();
    }
}
