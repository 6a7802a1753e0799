using System.Text.Json;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Adapters.Storage.Erasure;

/// <summary>
/// Configurations name people who are away. What is kept of a file gets pseudonyms and holds until the file is changed; the file itself is the team's,
/// in its repository.
/// </summary>
internal static class ErasedConfigurations
{
    /// <returns>1 when a name stood in it.</returns>
    public static async Task<int> RunAsync(ISnapshotStore bodies, string name, ErasedNames names, bool isTrial, CancellationToken cancellation)
    {
        StoredConfiguration? stored;
        await using (var body = await bodies.OpenAsync(name, cancellation))
            stored = body is null ? null : await JsonSerializer.DeserializeAsync<StoredConfiguration>(body, cancellationToken: cancellation);
        if (stored is null)
            return 0;
        var erased = stored with
        {
            Text = stored.Text is { } text ? names.In(text) : null,
            Broken = stored.Broken is { } broken ? broken with { Errors = [.. broken.Errors.Select(names.In)] } : null,
        };
        if (JsonSerializer.Serialize(erased) == JsonSerializer.Serialize(stored))
            return 0;
        if (!isTrial)
            await bodies.SaveAsync(name, stream => JsonSerializer.SerializeAsync(stream, erased, cancellationToken: cancellation), cancellation);
        return 1;
    }
}
