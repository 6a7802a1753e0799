using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Adapters.Tests.Reports;
using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

/// <summary>Text of others in every place that a tracker fills: nothing calls anybody, and nothing leads anywhere but to the links of the digest.</summary>
public sealed partial class BadInputTests
{
    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>", "<b>bold</b> & \"quoted\" 'single'", "<!channel> <!here> <@U012AB3CD> <#C024BE7LR|general>",
        "@everyone @octocat <at>Everyone</at>", "[x](javascript:alert(1)) ![x](https://evil.example/p.png) <https://evil.example|x>", "see https://evil.example/a and www.evil.example or evil.example",
        "javascript:alert(1) mailto:a@evil.example", "*bold* _it_ ~no~ `code` ```block``` **b**", "| a | b | --- | #1 closes #2", "# heading\n\n- list\n1. one", "\\[x\\](y) \\*", "&lt;script&gt; &amp; &#64;everyone",
        "\u202Eevil\u202C \u2066x", "שלום עולם 123", "مرحبا بالعالم", "🎉👩‍👩‍👧‍👦 e\u0301 \ud83d", "a\0b\u0007c", "{{7*7}} ${x} {0} {1}", "]]>--><!--[if mso]>", "</td></tr></table></body>",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Mail_holds_no_tag_and_no_address_of_others(string text)
    {
        var clean = DigestEmail.Render(ManagerDigest.Build(SampleDigests.Rich("clean")));
        foreach (var digest in SampleDigests.All(text))
        {
            var email = DigestEmail.Render(digest);

            Page.Tags(email.Html).Select(t => Regex.Match(t, "^</?[a-zA-Z!]+").Value).Distinct().ShouldBeSubsetOf([.. Page.Tags(clean.Html).Select(t => Regex.Match(t, "^</?[a-zA-Z!]+").Value), "<strong", "</strong"]);
            Page.Attributes(email.Html, "href").ShouldAllBe(h => h.StartsWith("https://github.com/owner/repo/issues/", StringComparison.Ordinal) || h.StartsWith("https://backlog.example/", StringComparison.Ordinal));
            Page.Attributes(email.Html, "src").ShouldAllBe(s => s.StartsWith("cid:chart-", StringComparison.Ordinal));
            email.Html.ShouldNotContain("onerror=alert(1)>", Case.Sensitive);
            Loose().Matches(Words().Replace(email.Html, "")).Select(m => m.Value).ShouldBeEmpty();
            email.Subject.ShouldNotContain('\n');
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Text_holds_no_address_that_a_mail_program_would_link(string text)
    {
        foreach (var digest in SampleDigests.All(text))
        {
            var rest = Known().Replace(DigestText.Render(digest), "");

            rest.ShouldNotContain("://");
            rest.ShouldNotContain("evil.example");
            rest.ShouldNotContain("@everyone");
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Markdown_holds_no_markup_of_others(string text)
    {
        var pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build();
        foreach (var digest in SampleDigests.All(text))
        {
            var document = Markdown.Parse(DigestMarkdown.Render(digest), pipeline);

            document.Descendants<LinkInline>().ShouldAllBe(l => Known().IsMatch(l.Url!) && !l.IsImage);
            document.Descendants<HtmlInline>().ShouldBeEmpty();
            document.Descendants<HtmlBlock>().ShouldBeEmpty();
            document.Descendants<AutolinkInline>().ShouldBeEmpty();
            document.Descendants<CodeInline>().ShouldBeEmpty();
            document.Descendants<FencedCodeBlock>().ShouldBeEmpty();
            document.Descendants<EmphasisInline>().Count().ShouldBe(digest.Headlines.Count);
            document.Descendants<HeadingBlock>().Count().ShouldBe(digest.Sections.Count + 1);
            Mentions().IsMatch(DigestMarkdown.Render(digest)).ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Slack_is_told_of_no_channel_person_or_link_of_others(string text)
    {
        foreach (var digest in SampleDigests.All(text))
        {
            var blocks = JsonNode.Parse(BlockKit.Render(digest))!;
            var texts = Forms.Objects(blocks).Where(o => (string?)o["type"] == "mrkdwn").Select(o => (string)o["text"]!).Append((string)blocks["text"]!).ToList();

            Forms.Objects(blocks).Where(o => (string?)o["type"] == "mrkdwn").ShouldAllBe(o => (bool)o["verbatim"]!);
            texts.SelectMany(t => Angles().Matches(t)).ShouldAllBe(m => m.Value.StartsWith("<https://github.com/owner/repo/issues/", StringComparison.Ordinal));
            texts.ShouldAllBe(t => !Regex.IsMatch(t, "&(?!amp;|lt;|gt;)"));
            texts.ShouldAllBe(t => !t.Contains("@everyone", StringComparison.Ordinal) && !t.Contains("```", StringComparison.Ordinal));
            Forms.Objects(blocks).Select(o => (string?)o["url"]).OfType<string>().ShouldAllBe(u => Known().IsMatch(u));
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_card_shows_text_of_others_in_runs_that_know_no_markdown(string text)
    {
        foreach (var digest in SampleDigests.All(text))
        {
            var card = JsonNode.Parse(AdaptiveCard.Render(digest))!;
            var objects = Forms.Objects(card).ToList();

            objects.ShouldAllBe(o => (string?)o["type"] != "TextBlock");
            objects.Where(o => o.ContainsKey("text")).ShouldAllBe(o => (string?)o["type"] == "TextRun");
            objects.Select(o => (string?)o["url"]).OfType<string>().ShouldAllBe(u => Known().IsMatch(u));
            objects.ShouldAllBe(o => !o.ContainsKey("entities"));
        }
    }

    [Fact]
    public void Five_thousand_characters_are_cut_between_characters_as_people_see_them()
    {
        var family = "👩‍👩‍👧‍👦";
        var title = string.Concat(Enumerable.Repeat(family, 5_000 / family.Length));

        var cut = ForeignText.OneLine(title, 100);

        cut.Length.ShouldBeLessThanOrEqualTo(100);
        cut.ShouldEndWith("…");
        cut[..^1].Replace(family, "", StringComparison.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a\u0301")]
    [InlineData("\ud83d\ude00")]
    [InlineData("long words and ")]
    [InlineData("العربية ")]
    public void Long_titles_break_no_form_and_no_limit(string part)
    {
        var title = string.Concat(Enumerable.Repeat(part, 5_000 / part.Length));
        foreach (var digest in SampleDigests.All(title))
            LimitTests.CheckAll(digest);
    }

    [Fact]
    public void One_letter_under_thousands_of_marks_is_cut_too() =>
        ForeignText.OneLine("a" + new string('\u0301', 5_000), 50).Length.ShouldBeLessThanOrEqualTo(50);

    [Fact]
    public void Text_from_right_to_left_is_set_apart_in_every_form()
    {
        var digest = SampleDigests.Alert("שלום 12");

        DigestEmail.Render(digest).Html.ShouldContain("<span dir=\"auto\" style=\"unicode-bidi:isolate\">שלום 12</span>");
        new[] { DigestText.Render(digest), DigestMarkdown.Render(digest), AdaptiveCard.Render(digest).Replace("\\u2068", "\u2068").Replace("\\u2069", "\u2069"), BlockKit.Render(digest).Replace("\\u2068", "\u2068").Replace("\\u2069", "\u2069") }
            .ShouldAllBe(f => f.Contains("\u2068שלום 12\u2069", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_that_is_no_address_of_a_page_is_left_out()
    {
        var digest = AlertDigest.Build("shop", SampleDigests.Alert().AsOf, "Alert", [], [new DigestItem("#1", "One", new Uri("javascript:alert(1)"), null), new DigestItem("#2", "Two", new Uri("https://user:secret@example.com/"), null)], []);

        foreach (var form in new[] { DigestEmail.Render(digest).Html, DigestText.Render(digest), DigestMarkdown.Render(digest), AdaptiveCard.Render(digest), BlockKit.Render(digest) })
        {
            form.ShouldNotContain("javascript:");
            form.ShouldNotContain("secret");
        }
    }

    [GeneratedRegex("https://(?:github\\.com/owner/repo/issues/\\d+|backlog\\.example/[a-z]+(?:\\?seal=abc)?)(?:/[a-z/]*)?")]
    private static partial Regex Known();

    /// <summary>What mail programs make a link of where it stands outside of one.</summary>
    [GeneratedRegex(@"evil\.example|@everyone|https?://evil")]
    private static partial Regex Loose();

    /// <summary>Links with their words, and the head, which nobody sees.</summary>
    [GeneratedRegex("<a [^>]*>.*?</a>|<title>.*?</title>|alt=\"[^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<![\w/])@[a-z]")]
    private static partial Regex Mentions();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Angles();
}
