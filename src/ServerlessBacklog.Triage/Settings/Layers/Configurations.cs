using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>
/// The configurations that are kept: for each backlog its own and that of its organization. Read from the store at most every half minute, so
/// that a process goes by a change of another one within that time.
/// </summary>
public sealed class Configurations(ISnapshotStore bodies, IBacklogStore store, IConfigurationReader reader, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (StoredConfiguration Stored, ConfigurationLayer Layer, DateTimeOffset Until)> known = new();

    /// <summary>Name under which a backlog's own configuration is kept.</summary>
    public static string NameOf(string backlog) => $"config/{backlog}";

    /// <summary>Name under which that of an organization is kept.</summary>
    public static string NameOfOwner(SourceAddress source) => $"config organization/{source.Tracker}/{OwnerOf(source).ToLowerInvariant()}";

    /// <summary>The account or organization that a project belongs to.</summary>
    public static string OwnerOf(SourceAddress source) => source.Location.Split('/')[0];

    /// <summary>What holds for a backlog, the nearest last.</summary>
    public async Task<IReadOnlyList<ConfigurationLayer>> LayersAsync(string backlog, CancellationToken cancellation)
    {
        var own = (await FindAsync(NameOf(backlog), $"the configuration of {backlog}", cancellation)).Layer;
        return await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is { } text && SourceAddress.Parse(text) is var source && source.Location.Contains('/', StringComparison.Ordinal) && source.Tracker != "file"
            ? [(await FindAsync(NameOfOwner(source), $"the configuration of the organization {OwnerOf(source)}", cancellation)).Layer, own]
            : [own];
    }

    public async Task<StoredConfiguration> KeptAsync(string name, CancellationToken cancellation)
    {
        await using var body = await bodies.OpenAsync(name, cancellation);
        return body is null ? StoredConfiguration.None : await JsonSerializer.DeserializeAsync<StoredConfiguration>(body, cancellationToken: cancellation) ?? StoredConfiguration.None;
    }

    /// <summary>Takes a text over if it is right; otherwise what was there holds on, and the errors are kept beside it.</summary>
    /// <param name="text">Null when there is no file any more.</param>
    public async Task<Taken> TakeAsync(string name, string source, string? text, CancellationToken cancellation)
    {
        var before = await KeptAsync(name, cancellation);
        var version = text is null ? null : VersionOf(text);
        if (version == before.Version && before.Broken is null)
            return new Taken(before, TakenHow.Same);
        if (version is not null && version == before.Broken?.Version)
            return new Taken(before, TakenHow.StillBroken);
        var errors = text is null ? [] : reader.Read(text, source).Errors;
        var now = time.GetUtcNow();
        var after = errors.Count == 0
            ? new StoredConfiguration { Text = text, Version = version, Since = now }
            : before with { Broken = new BrokenConfiguration(version!, errors, now) };
        await bodies.SaveAsync(name, stream => JsonSerializer.SerializeAsync(stream, after, cancellationToken: cancellation), cancellation);
        known.TryRemove(name, out _);
        return new Taken(after, errors.Count > 0 ? TakenHow.Broken : before.Broken is null ? TakenHow.Changed : TakenHow.Mended);
    }

    /// <summary>Takes a text over that a person hands in, where the tracker keeps no files.</summary>
    /// <exception cref="UserErrorException">It has errors.</exception>
    public async Task SetAsync(string name, string source, string text, CancellationToken cancellation)
    {
        if (reader.Read(text, source).Errors is { Count: > 0 } errors)
            throw new UserErrorException(string.Join(" ", errors));
        await TakeAsync(name, source, text, cancellation);
    }

    public static string VersionOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private async Task<(StoredConfiguration Stored, ConfigurationLayer Layer)> FindAsync(string name, string source, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(name, out var kept) && kept.Until > now)
            return (kept.Stored, kept.Layer);
        var stored = await KeptAsync(name, cancellation);
        var layer = stored.Version == kept.Stored?.Version && kept.Layer is { } same ? same
            : stored.Text is { } text ? reader.Read(text, source).Layer
            : ConfigurationLayer.Nothing(source);
        known[name] = (stored, layer, now + Life);
        return (stored, layer);
    }
}

public sealed record Taken(StoredConfiguration Stored, TakenHow How);

public enum TakenHow
{
    Same,
    Changed,

    /// <summary>It has errors that were not there before.</summary>
    Broken,
    StillBroken,

    /// <summary>Right again after it had errors.</summary>
    Mended,
}
