using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class HookSignatureTests
{
    [Fact]
    public void The_test_vector_that_GitHub_publishes_is_genuine() =>
        Verdict("Hello, World!", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "It's a Secret to Everybody")
            .ShouldBe(HookVerdict.Genuine);

    [Fact]
    public void One_changed_byte_is_a_forgery() =>
        Verdict("Hello, World?", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "It's a Secret to Everybody")
            .ShouldBe(HookVerdict.Forged);

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public void Every_secret_is_good_while_secrets_are_rotated(string signedWith) =>
        Verdict("{}", AHook.Sign("{}", signedWith), "new", "old").ShouldBe(HookVerdict.Genuine);

    [Fact]
    public void A_secret_that_is_not_ours_is_a_forgery() => Verdict("{}", AHook.Sign("{}", "else"), "new", "old").ShouldBe(HookVerdict.Forged);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_call_without_a_signature_is_unproven(string? header) => Verdict("{}", header, "secret").ShouldBe(HookVerdict.Unproven);

    [Theory]
    [InlineData("sha256=")]
    [InlineData("sha256=757107ea")]
    [InlineData("sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17,sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public void A_malformed_signature_is_a_forgery(string header) => Verdict("Hello, World!", header, "It's a Secret to Everybody").ShouldBe(HookVerdict.Forged);

    [Fact]
    public void Without_a_secret_nothing_is_believed() => Verdict("{}", AHook.Sign("{}", "")).ShouldBe(HookVerdict.NotConfigured);

    [Fact]
    public void An_empty_secret_is_none() => Verdict("{}", AHook.Sign("{}", ""), "").ShouldBe(HookVerdict.NotConfigured);

    private static HookVerdict Verdict(string body, string? header, params string[] secrets) =>
        AHook.Hooks(new GitHubOptions { WebhookSecrets = secrets })
            .Verify(AHook.Call(header is null ? [] : new() { ["X-Hub-Signature-256"] = header }, body));
}
