using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

/// <summary>Snapshots whose vectors come from a service.</summary>
public sealed class RemoteEncoderTests : ModelClientTests
{
    private const string Backlog = "owner/repo";

    private readonly InMemoryBacklogStore store = new();
    private readonly InMemorySnapshotStore bodies = new();
    private readonly InMemoryModelCache cache = new();
    private readonly InMemoryModelLedger ledger = new();
    private readonly FakeTimeProvider time = new(An.Instant);

    [Fact]
    public async Task Each_text_is_asked_for_once_and_many_in_one_request()
    {
        await SaveAsync(Items(600));

        var first = await RefreshAsync();
        var edited = An.Item(1, "Something new altogether");
        await SaveAsync(edited);
        var second = await RefreshAsync();

        first.Items.Values.All(o => o.Vector!.Values.Length == 64).ShouldBeTrue();
        first.HasMeanings.ShouldBeTrue();
        Model.Embeddings.Calls.ShouldBe(4);
        second.Find(edited.Ref)!.Vector.ShouldNotBeNull();
        second.Find(An.Ref(2))!.Vector!.Cosine(first.Find(An.Ref(2))!.Vector!).ShouldBe(1, 1e-6);
        (await UsedAsync()).Calls.ShouldBe(4);
        (await UsedAsync()).InputTokens.ShouldBe(Model.Embeddings.InputTokens);
    }

    [Fact]
    public async Task A_snapshot_that_is_lost_is_built_again_without_asking()
    {
        await SaveAsync(Items(20));
        var before = await RefreshAsync();
        bodies.Lose($"{Backlog}/outlines");

        var after = await RefreshAsync();

        Model.Embeddings.Calls.ShouldBe(1);
        after.Find(An.Ref(3))!.Vector!.Values.ToArray().ShouldBe(before.Find(An.Ref(3))!.Vector!.Values.ToArray());
    }

    [Fact]
    public async Task A_service_that_is_down_leaves_items_without_a_vector_until_it_is_back()
    {
        Model.Fail(ModelFault.Broken(503) with { Path = ModelFault.Embeddings, Times = 2 });
        await SaveAsync(Items(20));
        var encoders = Encoders(("Retries", "1"));

        var down = await RefreshAsync(encoders);
        var still = await RefreshAsync(encoders);
        time.Advance(TimeSpan.FromMinutes(6));
        var back = await RefreshAsync(encoders);

        down.Items.Values.ShouldAllBe(o => o.Vector == null);
        (down.HasMeanings, still.HasMeanings, back.HasMeanings).ShouldBe((false, false, true));
        back.Items.Values.ShouldAllBe(o => o.Vector != null);
        Model.Requests.Select(r => r.Status).ShouldBe([503, 503, 200]);
        (await RefreshAsync()).Items.Values.ShouldAllBe(o => o.Vector != null);
        Model.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_text_that_the_service_will_not_have_costs_its_own_vector_only()
    {
        // The four together, the first two and the first alone are refused; the other three get theirs, and the first when it is asked for once more.
        Model.Fail(ModelFault.ContentFilter with { Path = ModelFault.Embeddings, Times = 3 });
        await SaveAsync(Items(4));

        var snapshot = await RefreshAsync();

        snapshot.Items.Values.Count(o => o.Vector is null).ShouldBe(0);
        Model.Requests.Select(r => r.Status).ShouldBe([400, 400, 400, 200, 200, 200]);
    }

    [Fact]
    public async Task When_half_of_the_days_tokens_are_used_the_rest_waits_for_the_next_day()
    {
        await SaveAsync(Items(600));
        var encoders = Encoders(("TokensPerDay", "16000"));

        var today = await RefreshAsync(encoders);
        var used = await UsedAsync();
        time.Advance(TimeSpan.FromDays(1));
        var tomorrow = await RefreshAsync(encoders);

        used.Tokens.ShouldBeInRange(1, 8_000);
        today.Items.Values.Count(o => o.Vector is null).ShouldBe(600 - 256);
        tomorrow.Items.Values.Count(o => o.Vector is null).ShouldBe(0);
        (await UsedAsync()).Tokens.ShouldBeInRange(1, 8_000);
    }

    [Fact]
    public async Task Secrets_and_people_are_not_sent()
    {
        await SaveAsync(An.Item(1, "Login fails for anna.berg@contoso.com", "My token is ghp_0123456789abcdefghijABCDEFGHIJ012345, says Zoe-Miller") with { Reporter = new Person("Zoe-Miller") });

        (await RefreshAsync()).Find(An.Ref(1))!.Vector.ShouldNotBeNull();

        var body = Model.Requests.ShouldHaveSingleItem().Body;
        body.ShouldContain("Login fails for");
        body.ShouldNotContain("ghp_");
        body.ShouldNotContain("anna.berg");
        body.ShouldNotContain("Zoe-Miller");
    }

    [Fact]
    public async Task Items_that_come_one_by_one_have_their_vector_too()
    {
        await SaveAsync(Items(20));
        var keeper = Keeper(Encoders());
        await keeper.RefreshAsync(Backlog, None);

        await SaveAsync(An.Item(99, "Checkout crashes when the cart is empty"));
        var snapshot = await keeper.CurrentAsync(Backlog, An.Ref(99), None);

        snapshot.Find(An.Ref(99))!.Vector.ShouldNotBeNull();
        snapshot.Find(An.Ref(5))!.Vector.ShouldNotBeNull();
        Model.Embeddings.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData("LocalOnly", "true")]
    [InlineData("LocalOnlyBacklogs:0", "owner/*")]
    public async Task What_is_local_only_opens_no_connection(string name, string value)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await SaveAsync(Items(20));
        (string, string)[] settings = [("Endpoint", $"http://{listener.LocalEndpoint}/v1"), ("Timeout", "00:00:01"), ("Retries", "0")];

        await RefreshAsync(Encoders([.. settings, (name, value)]));
        listener.Pending().ShouldBeFalse();

        // Without that setting the same look does reach out.
        bodies.Lose($"{Backlog}/outlines");
        await RefreshAsync(Encoders(settings));
        listener.Pending().ShouldBeTrue();
    }

    [Fact]
    public void The_encoder_that_is_shipped_stays_the_default()
    {
        Encoders(Connected(), null).For(Backlog).ShouldBeOfType<LocalEncoder>();
        Encoders(Connected(), "off").For(Backlog).ShouldBeNull();
        Encoders(Connected(), "model").For(Backlog).ShouldBeOfType<RemoteEncoder>().Name.ShouldBe("scripted-embedding/64");
        Should.Throw<UserErrorException>(() => EncoderSettings.Read(Of(("Triage:Encoder", "model")))).Message.ShouldContain("Models:EmbeddingDeployment");
        Should.Throw<UserErrorException>(() => EncoderSettings.Read(Of(("Triage:Encoder", "remote")))).Message.ShouldContain("local");
    }

    private static WorkItem[] Items(int count) => [.. Enumerable.Range(1, count).Select(i => An.Item(i, $"Crash number {i} in window {i % 7}", $"Pressing save on page {i} loses data"))];

    private Task<SavedItems> SaveAsync(params WorkItem[] items) => store.SaveItemsAsync(Backlog, items, None);

    private Task<ModelUse> UsedAsync() => ledger.UsedAsync(Backlog, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), None);

    private Task<BacklogSnapshot> RefreshAsync(Encoders? encoders = null) => Keeper(encoders ?? Encoders()).RefreshAsync(Backlog, None);

    private SnapshotKeeper Keeper(Encoders encoders) => new(store, bodies, new InMemoryPeople(), time, encoders);

    private Encoders Encoders(params (string Name, string Value)[] settings) => Encoders(Open(settings), "model");

    private ModelConnection Connected() => Open();

    private Encoders Encoders(ModelConnection connection, string? encoder)
    {
        // The connection was opened from settings of its own; here only the kind of encoder is read.
        (string, string)[] settings = encoder is null ? [] : [("Triage:Encoder", encoder), ("Models:LocalOnly", "true")];
        return new Encoders(Of(settings), connection, cache, ledger, new PrivacySettings(), time, NullLogger<Encoders>.Instance);
    }

    private static IConfiguration Of(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
}
