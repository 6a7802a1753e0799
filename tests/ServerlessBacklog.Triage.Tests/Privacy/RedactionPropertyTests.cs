using System.Diagnostics;
using CsCheck;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Tests.Privacy;

public class RedactionPropertyTests
{
    private static readonly string[] People = ["octocat", "Grace Hopper", "person", "email-1", "q", "Jürgen"];

    private static readonly string[] Pieces =
    [
        "[", "]", "~", "[email-1]", "[~person-1]", "[secret-1]", "[phone-1", "secret", "person", "-1]", "email", "ann@example.org", "@", "octocat", "Grace", " ", "Hopper", "q",
        "+49 30 1234567", "212-555-0123", "0151/23456789", "1", "23", ".", "-", "/", "(", ")", "\u200B", "\u00AD", "\uD83D", "😀", "é", "\n", "\r\n> ", "**", "`", "<b>", "</b>", "<", ">",
        "10.1.2.3", "2001:db8::1", ":", "word", "Jürgen", "\uDB40\uDC41", "\0", "\\", "\"", "=", "password", "key: ", "https://", "http://example.org/a", "0x7ff6b2c4a1d0",
    ];

    private static readonly string[] Wraps = ["", "`", "\"", "'", "**", "\n", "\r\n", "```\n", "<code>", "</code>", "<br>", "(", ")", ": ", ", ", "\t", "> ", "|", " ", "&quot;", "{\"k\":\"", "\"}", "=", "; "];

    private static readonly Gen<string> Adversarial = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 30].Select(p => string.Concat(p));

    private static readonly Gen<string> Any = Gen.Frequency((6, Adversarial), (1, Gen.String), (1, Gen.Char[' ', '~'].Array[0, 80].Select(c => new string(c))));

    private static readonly Gen<string> Wrap = Gen.Int[0, Wraps.Length - 1].Select(i => Wraps[i]).Array[0, 3].Select(p => string.Concat(p));

    private static readonly Gen<(string Before, string Secret, string After)> Planted = Gen.Frequency(
        (3, Gen.Int[0, PlantedSecrets.Tokens.Count - 1].Select(i => ("", PlantedSecrets.Tokens[i], ""))),
        (1, Gen.Int[0, PlantedSecrets.Settings.Count - 1].Select(i => PlantedSecrets.Settings[i])));

    private static Redaction New() => new(new PrivacySettings { HideAddresses = true }, People);

    [Fact]
    public void What_holds_no_secret_comes_back_as_it_was() =>
        Any.Array[1, 4].Sample(texts =>
        {
            var redaction = New();
            var hidden = texts.Select(redaction.Hide).ToArray();

            if (!redaction.Counts.ContainsKey("secret"))
                hidden.Select(redaction.Restore).ShouldBe(texts);
        }, iter: 5_000);

    [Fact]
    public void A_second_time_finds_nothing_more() =>
        Any.Sample(text =>
        {
            var redaction = New();
            var once = redaction.Hide(text);
            var counts = redaction.Counts.ToDictionary();

            var twice = redaction.Hide(once);

            redaction.Counts.GetValueOrDefault("secret").ShouldBe(counts.GetValueOrDefault("secret"));
            redaction.Counts.GetValueOrDefault("email").ShouldBe(counts.GetValueOrDefault("email"));
            redaction.Restore(twice).ShouldBe(once);
        }, iter: 3_000);

    [Fact]
    public void No_planted_secret_is_left() =>
        Gen.Select(Planted, Wrap, Wrap, Gen.Int[0, 40].Array[0, 6], Gen.Int[0, 3]).Sample((planted, before, after, splits, sign) =>
        {
            var secret = planted.Secret;
            foreach (var at in splits)
                secret = secret.Insert(at % secret.Length, "\u200B\u200D\u00AD\uFEFF"[sign].ToString());

            var hidden = New().Hide($"some words {before}{planted.Before}{secret}{planted.After}{after} and more");

            var bare = string.Concat(hidden.Where(c => c is not ('\u200B' or '\u200D' or '\u00AD' or '\uFEFF')));
            Leak(bare, planted.Secret).ShouldBeLessThan(9, $"{planted.Secret} in {bare}");
        }, iter: 5_000);

    [Fact]
    public void No_mail_address_or_name_is_left() =>
        Gen.Select(Wrap, Wrap, Gen.Int[0, 3].Select(i => new[] { "ann@example.org", "octocat", "Grace Hopper", "+49 30 1234567" }[i]), Gen.Int[1, 6]).Sample((before, after, value, split) =>
        {
            if (before.EndsWith('=') || before.EndsWith('>') || before.EndsWith("; ") || after.StartsWith('='))
                return;
            var hidden = New().Hide($"x {before} {value.Insert(split, "\u200B")} {after} y");

            hidden.Replace("\u200B", "").ShouldNotContain(value);
        }, iter: 5_000);

    [Theory]
    [InlineData("2026-11-28 12:30:45.123 INFO  [worker-12] GET /a/b/c?id=1234567890&x=aB3dE5fG7hJ9 200 ann@example.org took 12.5 ms\n")]
    [InlineData("a")]
    [InlineData("aB3")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("password=")]
    [InlineData("eyJaaaaaaaaaaaa")]
    [InlineData("eyJaaaaaaaaaaaa.eyJaaaaaaaaaaaa.")]
    [InlineData("http://a:")]
    [InlineData("a@a.")]
    [InlineData("01 ")]
    [InlineData("+1 ")]
    [InlineData("curl -")]
    [InlineData("[~")]
    [InlineData("<")]
    [InlineData("a:")]
    [InlineData("tel ")]
    [InlineData("\u200B")]
    [InlineData("octocat Grace ")]
    public void A_text_ten_times_as_long_takes_ten_times_as_long(string part)
    {
        var (small, large) = (Repeat(part, 20_000), Repeat(part, 200_000));
        New().Hide(small);

        var (quick, slow) = (Best(small), Best(large));

        slow.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        (slow / Max(quick, TimeSpan.FromMilliseconds(2))).ShouldBeLessThan(35);
    }

    private static TimeSpan Best(string text) => Enumerable.Range(0, 3).Select(_ =>
    {
        var redaction = New();
        var start = Stopwatch.GetTimestamp();
        redaction.Hide(text);
        return Stopwatch.GetElapsedTime(start);
    }).Min();

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static string Repeat(string part, int length) => string.Concat(Enumerable.Repeat(part, length / part.Length + 1))[..length];

    /// <summary>The longest run of the secret that is left.</summary>
    private static int Leak(string text, string secret)
    {
        var longest = 0;
        for (var at = 0; at < secret.Length; at++)
        {
            while (at + longest < secret.Length && text.Contains(secret.Substring(at, longest + 1), StringComparison.Ordinal))
                longest++;
        }

        return longest;
    }
}
