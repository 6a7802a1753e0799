using CsCheck;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Tests.Comments;

/// <summary>Whatever the text, what is left of it is judged by reading it as a tracker would.</summary>
public class OutgoingTextPropertyTests
{
    private static readonly OutgoingText Outgoing = new()
    {
        Home = WorkItemRef.Parse("github:o/r#1"),
        MayName = [WorkItemRef.Parse("github:o/r#12"), WorkItemRef.Parse("github:other/repo#5"), WorkItemRef.Parse("azuredevops:org/p#77")],
        Hosts = ["github.com"],
    };

    private static readonly HashSet<string> Names = ["#12", "o/r#12", "other/repo#5", "AB#77", "ab#77"];

    private static readonly string[] Pieces =
    [
        "@", "user", "@org/team", "#", "12", "#12", "#13", "GH-", "o/r#12", "other/repo#5", "AB#77", "ab#77", "AB#78", "!12",
        "https://github.com/o/r/issues/12", "https://github.com/o/r/issues/12/", "https://github.com/o/r/pull/99", "https://github.com/o/r/wiki",
        "https://evil.example/x", "http://", "https:", "www.", "evil.com", "ftp://x.org", "javascript:alert(1)", "mailto:a@b.co", "user@example.com",
        "[", "]", "(", ")", "![", "](", "]:", "][", "[text](https://github.com/o/r/wiki)", "[text](https://evil.example)", "[1]: https://evil.example",
        "![alt](https://github.com/a.png)", "[^1]", "[x]", "<", ">", "<b>", "</b>", "<b", "<!--", "-->", "<img src=x>", "<https://evil.example>", "<?", "?>",
        "<a href=\"https://evil.example\">", "</a>", "<script>", "<![CDATA[", "]]>", "&#64;", "&#35;", "&lt;", "&commat;", "&", ";", "\\", "`", "``", "```", "~~~", "````", "``` x",
        "\n", "\n\n", "\r\n", " ", "  ", "    ", "\t", "> ", "- ", "1. ", "# ", "---", "|", "|---|", "fixes ", "Closes: ", "resolved\n", "/close", "/", "deadbeef1", "a1b2c3d", "1234567",
        "\u200B", "\u200D", "\u202E", "\uD83D", "😀", "é", "*", "**", "_", "__", "-", "!", ":", "//", ".", ",", "\"", "'", "0", "text", "word word", "\u2028", "\0", "$", "{", "}", "=",
    ];

    private static readonly Gen<string> Adversarial = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 25].Select(p => string.Concat(p));

    private static readonly Gen<string> Any = Gen.Frequency((8, Adversarial), (1, Gen.String), (1, Gen.Char[' ', '~'].Array[0, 60].Select(c => new string(c))));

    [Fact]
    public void Nothing_that_is_not_allowed_has_an_effect() =>
        Any.Sample(text =>
        {
            if (Outgoing.Clean(text).Text is { } clean)
                Rendered.EffectsOf(clean, Names, IsAllowed).ShouldBeEmpty(clean.Replace("\u200B", "^"));
        }, iter: 10_000);

    [Fact]
    public void Clean_text_stays_as_it_is() =>
        Any.Sample(text =>
        {
            if (Outgoing.Clean(text).Text is { } clean)
                Outgoing.Clean(clean).Text.ShouldBe(clean);
        }, iter: 10_000);

    [Fact]
    public void Text_without_signs_is_only_spaced() =>
        Gen.Char["abc xyz.,\n"].Array[0, 80].Select(c => new string(c)).Sample(text =>
            Outgoing.Clean(text).Text!.Replace("\u200B", "").ShouldBe(text));

    [Fact]
    public void The_length_is_kept_whatever_the_text() =>
        Gen.Select(Any.Array[1, 8].Select(p => string.Concat(p)), Gen.Int[60, 400]).Sample((text, length) =>
            ((Outgoing with { MaxLength = length }).Clean(text).Text?.Length ?? 0).ShouldBeLessThanOrEqualTo(length));

    /// <summary>A judge that never finds anything proves nothing.</summary>
    [Theory]
    [InlineData("hi @octocat", "mention @octocat")]
    [InlineData("hi &#64;octocat", "mention @octocat")]
    [InlineData("see #13", "#13")]
    [InlineData("fixes #12", "closing")]
    [InlineData("since deadbeef1", "deadbeef1")]
    [InlineData("[a](https://evil.example)", "link")]
    [InlineData("www.evil.example", "link")]
    [InlineData("https://github.com/o/r/pull/13", "link")]
    [InlineData("<https://evil.example>", "link")]
    [InlineData("[a][1]\n\n[1]: https://evil.example", "link")]
    [InlineData("![a](https://github.com/a)", "image")]
    [InlineData("a <b>b</b>", "HTML")]
    [InlineData("```\ncode", "swallows")]
    [InlineData("/close", "command")]
    public void The_judge_sees_what_text_does(string text, string effect) =>
        Rendered.EffectsOf(text, Names, IsAllowed).ShouldContain(e => e.Contains(effect));

    /// <summary>This reader leaves punctuation at the end of an address where GitHub takes it off.</summary>
    private static bool IsAllowed(string address) =>
        Uri.TryCreate(address.TrimEnd('?', '!', '.', ',', ':', ';', '*', '_', '\'', '"', ')', ']', '}', '|'), UriKind.Absolute, out var uri) && uri is { Authority: "github.com", UserInfo: "", Query: "", Fragment: "" }
        && (uri.AbsolutePath is "/o/r/issues/12" or "/o/r/pull/12" || !uri.AbsolutePath.Split('/').SkipLast(1).Any(p => p is "issues" or "pull" or "commit"));
}
