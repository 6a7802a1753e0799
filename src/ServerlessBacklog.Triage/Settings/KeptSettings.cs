using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Triage.Settings;

/// <summary>
/// Settings by version, beside the backlog that they are for. An orchestration carries the version only: whatever is chosen meanwhile, an
/// instance that is under way goes by what it began with.
/// </summary>
public sealed class KeptSettings(IBacklogStore store, TriageDefaults? defaults = null, Configurations? configurations = null, Gates? gates = null)
{
    private const string HostSource = "settings of the host (Triage:Autonomy, Triage:Steps)";
    private const string KeptSource = "the last 'backlog triage'";

    private const string CurrentCursor = "settings";

    /// <summary>Characters of JSON that a row holds with room to spare.</summary>
    private const int LongestSettings = 30_000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<(string Backlog, string Version), TriageSettings> known = new();

    /// <summary>Keeps settings and makes them those that the backlog goes by from now on.</summary>
    /// <returns>Their version.</returns>
    public async Task<string> KeepAsync(string backlog, TriageSettings settings, CancellationToken cancellation)
    {
        var version = await SaveAsync(backlog, settings, cancellation);
        await store.SetCursorAsync(backlog, CurrentCursor, version, cancellation);
        return version;
    }

    /// <summary>The version that the backlog goes by: the one kept last, else the defaults.</summary>
    public async Task<string> CurrentAsync(string backlog, CancellationToken cancellation)
    {
        var settings = await OfAsync(backlog, cancellation);
        return known.ContainsKey((backlog, settings.Version())) ? settings.Version() : await SaveAsync(backlog, settings, cancellation);
    }

    /// <summary>The settings that the backlog goes by: every layer of its configuration over those kept last, as far as the gates let them.</summary>
    public async Task<TriageSettings> OfAsync(string backlog, CancellationToken cancellation) => (await EffectiveAsync(backlog, cancellation)).Settings;

    /// <summary>The same, with where each value comes from and what is held back.</summary>
    /// <param name="instead">Layers in place of those that are stored, to see what would be; null for those.</param>
    public async Task<EffectiveSettings> EffectiveAsync(string backlog, CancellationToken cancellation, IReadOnlyList<ConfigurationLayer>? instead = null)
    {
        var kept = await store.CursorAsync(backlog, CurrentCursor, cancellation) is { } version ? await LoadAsync(backlog, version, cancellation) : new TriageSettings();
        var layers = instead ?? (configurations is null ? [] : await configurations.LayersAsync(backlog, cancellation));
        IReadOnlyList<ConfigurationLayer> host = defaults?.Policy is { } policy ? [ConfigurationLayer.OfLevels(HostSource, policy)] : [];
        var merged = MergedConfiguration.Of(kept, KeptSource, [.. host, .. layers]);
        var gated = gates is null ? new GatedSettings(merged.Settings, [], null, false) : await gates.HoldAsync(backlog, merged.Settings, cancellation, isTrial: instead is not null);
        return new EffectiveSettings(merged, gated);
    }

    /// <exception cref="UserErrorException">Nothing is kept under this version.</exception>
    public async Task<TriageSettings> LoadAsync(string backlog, string version, CancellationToken cancellation)
    {
        if (known.TryGetValue((backlog, version), out var settings))
            return settings;
        var json = await store.CursorAsync(backlog, CursorOf(version), cancellation)
            ?? throw new UserErrorException($"The settings {version} of backlog '{backlog}' are not stored. Triage it again: that stores the ones it goes by.");
        return known.GetOrAdd((backlog, version), JsonSerializer.Deserialize<TriageSettings>(json)!);
    }

    private async Task<string> SaveAsync(string backlog, TriageSettings settings, CancellationToken cancellation)
    {
        var (version, json) = (settings.Version(), JsonSerializer.Serialize(settings, Json));
        if (json.Length > LongestSettings)
            throw new UserErrorException($"The settings of '{backlog}' have {json.Length:N0} characters; at most {LongestSettings:N0} are kept. Shorten the goals: fewer words do.");
        await store.SetCursorAsync(backlog, CursorOf(version), json, cancellation);
        known[(backlog, version)] = settings;
        return version;
    }

    private static string CursorOf(string version) => $"settings {version}";
}

/// <param name="Wanted">What the layers say, with the place of each value.</param>
/// <param name="Gated">What of it holds.</param>
public sealed record EffectiveSettings(MergedConfiguration Wanted, GatedSettings Gated)
{
    public TriageSettings Settings => Gated.Settings;
}
