using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Tests.Settings;

public class KeptSettingsTests
{
    private const string Backlog = "owner/repo";

    private readonly InMemoryBacklogStore store = new();

    [Fact]
    public async Task A_backlog_goes_by_what_was_kept_last_and_earlier_versions_stay()
    {
        var strict = new TriageSettings { Staleness = new StalenessSettings { StaleAfterDays = 30 } };
        var first = await new KeptSettings(store).KeepAsync(Backlog, strict, default);
        await new KeptSettings(store).KeepAsync(Backlog, new TriageSettings(), default);

        (await new KeptSettings(store).OfAsync(Backlog, default)).Version().ShouldBe(new TriageSettings().Version());
        (await new KeptSettings(store).LoadAsync(Backlog, first, default)).Staleness.StaleAfterDays.ShouldBe(30);
    }

    [Fact]
    public async Task Asking_for_the_settings_of_a_backlog_without_any_chooses_nothing_for_it()
    {
        var defaults = await new KeptSettings(store).CurrentAsync(Backlog, default);
        await new KeptSettings(store).KeepAsync(Backlog, new TriageSettings { Staleness = new StalenessSettings { StaleAfterDays = 30 } }, default);

        await new KeptSettings(store).CurrentAsync(Backlog, default);

        (await new KeptSettings(store).OfAsync(Backlog, default)).Staleness.StaleAfterDays.ShouldBe(30);
        (await new KeptSettings(store).LoadAsync(Backlog, defaults, default)).Version().ShouldBe(defaults);
    }

    [Fact]
    public async Task Settings_that_no_row_holds_are_refused_with_what_to_do()
    {
        var words = Enumerable.Range(0, 6000).Select(i => $"слово{i}").ToList();
        var settings = new TriageSettings { Priority = new PrioritySettings { Goals = [new Goal("long", 1, words)] } };

        (await Should.ThrowAsync<UserErrorException>(() => new KeptSettings(store).KeepAsync(Backlog, settings, default))).Message.ShouldContain("Shorten the goals");
    }

    [Fact]
    public async Task Settings_of_a_version_that_is_not_stored_are_told_by_name() =>
        (await Should.ThrowAsync<UserErrorException>(() => new KeptSettings(store).LoadAsync(Backlog, "abc", default))).Message.ShouldContain("abc");
}
