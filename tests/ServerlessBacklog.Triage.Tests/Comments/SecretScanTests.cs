using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Tests.Comments;

/// <summary>The samples are put together here, so that no scanner takes this file for a leak.</summary>
public class SecretScanTests
{
    private static readonly OutgoingText Outgoing = new() { Home = WorkItemRef.Parse("github:o/r#1") };

    private static string Random(int length) => string.Concat(Enumerable.Range(0, length).Select(i => "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY"[(i * 7) % 32]));

    public static TheoryData<string, string> Secrets => new()
    {
        { "ghp" + "_" + Random(36), "a GitHub token" },
        { "ghs" + "_" + Random(36), "a GitHub token" },
        { "github" + "_pat_" + Random(22) + "_" + Random(59), "a GitHub token" },
        { "AK" + "IA" + Random(32).ToUpperInvariant()[..16], "an AWS access key" },
        { "-----BEGIN RSA " + "PRIVATE KEY-----", "a private key" },
        { "-----BEGIN " + "PRIVATE KEY-----", "a private key" },
        { "ey" + "J" + Random(20) + ".ey" + "J" + Random(30) + "." + Random(30), "a signed web token" },
        { "xo" + "xb-" + Random(24), "a Slack token" },
        { "DefaultEndpointsProtocol=https;AccountName=a;Account" + "Key=" + Random(86) + "==", "an Azure storage key" },
        { "https://a.blob.core.windows.net/c?sv=1&si" + "g=" + Random(43), "an Azure storage key" },
        { "pass" + "word=" + Random(14), "a password" },
        { "\"api_" + "key\": \"" + Random(20) + "\"", "a password" },
        { "postgres://admin:" + "hunter2x" + "@db.example/app", "an address with a password" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_stops_the_text_and_is_not_repeated(string secret, string kind)
    {
        var answer = Outgoing.Clean($"The log says\n\n```\n{secret}\n```\nwhat now?");

        answer.Text.ShouldBeNull();
        answer.Why.ShouldNotBeNull().ShouldContain(kind);
        answer.Why!.ShouldNotContain(secret);
    }

    [Fact]
    public void A_secret_in_pieces_that_would_be_put_together_stops_the_text_too()
    {
        var token = "ghp" + "_" + Random(36);

        Outgoing.Clean($"{token[..10]}<b></b>{token[10..]}").Text.ShouldBeNull();
        Outgoing.Clean($"{token[..10]}\u200B{token[10..]}").Text.ShouldBeNull();
    }

    [Theory]
    [InlineData("password=********")]
    [InlineData("the password: is not accepted since 2.3.1")]
    [InlineData("token: ${{ secrets.GITHUB_TOKEN }}")]
    [InlineData("token: https://docs.example/tokens/v2/about")]
    [InlineData("var token = CreateToken2(user1)")]
    [InlineData("commit 1a2b3c4d5e6f708192a3b4c5d6e7f80912345678 broke it")]
    [InlineData("api-key=<your key>")]
    [InlineData("at https://example.com:8080/path@v2")]
    public void What_only_speaks_of_secrets_passes(string text) => Outgoing.Clean(text).Text.ShouldNotBeNull();
}
