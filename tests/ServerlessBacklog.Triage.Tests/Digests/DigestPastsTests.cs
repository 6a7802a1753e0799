using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Tests.Digests;

public sealed class DigestPastsTests
{
    private readonly InMemoryBacklogStore store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_digest_that_is_built_twice_in_one_window_is_compared_with_the_same_one()
    {
        var pasts = new DigestPasts(store);
        await pasts.KeepAsync("shop", "2026-W21", Of(open: 30), Cancellation);
        await pasts.KeepAsync("shop", "2026-W22", Of(open: 35), Cancellation);
        await pasts.KeepAsync("shop", "2026-W22", Of(open: 36), Cancellation);

        var again = await pasts.BeforeAsync("shop", DigestKind.Manager, "2026-W22", Cancellation);
        var next = await pasts.BeforeAsync("shop", DigestKind.Manager, "2026-W23", Cancellation);

        again.ShouldNotBeNull().Values["counts.open"].ShouldBe(30);
        next.ShouldNotBeNull().Values["counts.open"].ShouldBe(36);
    }

    [Fact]
    public async Task What_another_version_kept_makes_the_next_digest_the_first()
    {
        await store.SetCursorAsync("shop", "digest-manager", "{not json", Cancellation);

        (await new DigestPasts(store).BeforeAsync("shop", DigestKind.Manager, "2026-W22", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Kinds_and_backlogs_are_kept_apart()
    {
        await new DigestPasts(store).KeepAsync("shop", "2026-W21", Of(open: 30), Cancellation);

        (await new DigestPasts(store).BeforeAsync("shop", DigestKind.Team, "2026-W22", Cancellation)).ShouldBeNull();
        (await new DigestPasts(store).BeforeAsync("other", DigestKind.Manager, "2026-W22", Cancellation)).ShouldBeNull();
    }

    private static Digest Of(int open) => ManagerDigest.Build(SampleDigests.Rich(open: open));
}
