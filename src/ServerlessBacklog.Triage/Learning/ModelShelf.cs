using System.Text.Json;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Learning;

/// <summary>
/// The stored models of each backlog: the ones in use and those before them. A sweep learns anew when items have changed; a model that does worse than
/// the one in use on the newest cases is not taken (FEATURES O15). What cannot be read is learned again.
/// </summary>
public sealed class ModelShelf(ISnapshotStore bodies)
{
    /// <summary>Earlier versions of a model that are kept.</summary>
    public const int Earlier = 5;

    public async Task<LearnedModels> LoadAsync(string backlog, CancellationToken cancellation) => new((await ReadAsync(backlog, cancellation)).InUse);

    /// <summary>Models that were in use before, newest first.</summary>
    public async Task<IReadOnlyList<LearnedModel>> BeforeAsync(string backlog, CancellationToken cancellation) => (await ReadAsync(backlog, cancellation)).Before;

    /// <summary>The models for this snapshot: those that are stored where they were learned from the same items, else newly learned ones, which it stores.</summary>
    public async Task<LearnedModels> LearnAsync(string backlog, BacklogSnapshot snapshot, CancellationToken cancellation)
    {
        var shelf = await ReadAsync(backlog, cancellation);
        var (inUse, before) = (new List<LearnedModel>(), shelf.Before.ToList());
        foreach (var learner in LearnerList.All)
        {
            var known = shelf.InUse.FirstOrDefault(m => m.Name == learner.Name && m.Format == learner.Format);
            var next = known?.DataHash == snapshot.Version ? known : learner.Learn(snapshot, known);
            if (next is not null)
                inUse.Add(next);
            if (known is not null && known.Version != next?.Version)
                before.Insert(0, known);
        }

        List<LearnedModel> kept = [.. before.GroupBy(m => m.Name).SelectMany(m => m.Take(Earlier))];
        if (!inUse.SequenceEqual(shelf.InUse))
            await bodies.SaveAsync(NameOf(backlog), stream => JsonSerializer.SerializeAsync(stream, new Shelf(inUse, kept), cancellationToken: cancellation), cancellation);
        return new LearnedModels(inUse);
    }

    private async Task<Shelf> ReadAsync(string backlog, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await bodies.OpenAsync(NameOf(backlog), cancellation);
            return stream is null ? Shelf.Empty : await JsonSerializer.DeserializeAsync<Shelf>(stream, cancellationToken: cancellation) ?? Shelf.Empty;
        }
        catch (JsonException)
        {
            return Shelf.Empty;
        }
    }

    internal static string NameOf(string backlog) => $"{backlog}/models";

    private sealed record Shelf(IReadOnlyList<LearnedModel> InUse, IReadOnlyList<LearnedModel> Before)
    {
        public static Shelf Empty { get; } = new([], []);
    }
}
