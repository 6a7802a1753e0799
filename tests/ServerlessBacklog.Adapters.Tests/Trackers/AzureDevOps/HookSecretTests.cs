using System.Text;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class HookSecretTests
{
    private static readonly string[] Secrets = ["new-secret", "old:secret"];

    [Theory]
    [InlineData("new-secret", null, HookVerdict.Genuine)]
    [InlineData("old:secret", null, HookVerdict.Genuine)]
    [InlineData(null, "hook:new-secret", HookVerdict.Genuine)]
    [InlineData(null, ":old:secret", HookVerdict.Genuine)]
    [InlineData("wrong", "hook:old:secret", HookVerdict.Genuine)]
    [InlineData("new-secret", "hook:wrong", HookVerdict.Genuine)]
    [InlineData("wrong", null, HookVerdict.Forged)]
    [InlineData("", null, HookVerdict.Forged)]
    [InlineData("New-Secret", null, HookVerdict.Forged)]
    [InlineData("new-secret ", null, HookVerdict.Forged)]
    [InlineData(null, "new-secret:", HookVerdict.Forged)]
    [InlineData(null, "new-secret", HookVerdict.Forged)]
    [InlineData(null, null, HookVerdict.Unproven)]
    public void One_right_secret_is_enough_and_a_wrong_one_is_told_from_none(string? header, string? basic, HookVerdict verdict) =>
        Verify(Secrets, header, basic is null ? null : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(basic))}").ShouldBe(verdict);

    [Theory]
    [InlineData("basic !!!", HookVerdict.Forged)]
    [InlineData("Basic ", HookVerdict.Forged)]
    [InlineData("Bearer new-secret", HookVerdict.Unproven)]
    public void Other_ways_to_sign_in_prove_nothing(string authorization, HookVerdict verdict) =>
        Verify(Secrets, null, authorization).ShouldBe(verdict);

    [Fact]
    public void Without_secrets_nothing_can_be_verified()
    {
        Verify([], "", null).ShouldBe(HookVerdict.NotConfigured);
        Verify([""], "", null).ShouldBe(HookVerdict.NotConfigured);
    }

    private static HookVerdict Verify(string[] secrets, string? header, string? authorization) =>
        HookTests.Hooks(o => o with { HookSecrets = secrets }).Verify(new HookRequest(
            name => name switch { "X-Backlog-Secret" => header, "Authorization" => authorization, _ => null },
            ReadOnlyMemory<byte>.Empty));
}
