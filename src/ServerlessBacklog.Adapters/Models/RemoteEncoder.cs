using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>
/// Vectors of one backlog from a model that is asked over the network: redacted texts, many in one request, each asked once, as long as tokens are left.
/// Embeddings take at most half of the day's tokens, so that questions keep the rest.
/// </summary>
internal sealed partial class RemoteEncoder(
    string backlog,
    IEmbeddingGenerator<string, Embedding<float>> model,
    ModelOptions options,
    IModelCache cache,
    IModelLedger ledger,
    PrivacySettings privacy,
    TimeProvider time,
    ILogger logger) : IPreparedEncoder
{
    private const int AtOnce = 256;
    private const int ReadsAtOnce = 16;

    /// <summary>Vectors of so many texts stay in memory at least.</summary>
    private const int Remembered = 20_000;

    private const double ShareOfTokens = 0.5;

    /// <summary>A service that failed is not asked again before: items must not wait for it one by one.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly EmbeddingGenerationOptions generation = new() { Dimensions = options.EmbeddingSize > 0 ? options.EmbeddingSize : null };
    private ConcurrentDictionary<string, TextVector> newer = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, TextVector> older = new(StringComparer.Ordinal);
    private DateTimeOffset restsUntil;

    public string Name => $"{options.EmbeddingDeployment}/{options.EmbeddingSize}";

    public int Size => options.EmbeddingSize;

    public TextVector? Encode(string text) => Known(KeyOf(text));

    public async Task PrepareAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellation)
    {
        if (newer.Count > Remembered)
            (older, newer) = (newer, new ConcurrentDictionary<string, TextVector>(StringComparer.Ordinal));
        var wanted = new Dictionary<string, WorkItem>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var key = KeyOf(TextOf(item));
            if (Known(key) is { } known)
                newer[key] = known;
            else
                wanted.TryAdd(key, item);
        }

        await Parallel.ForEachAsync(wanted.Keys, Reading(cancellation), async (key, stop) =>
        {
            if (Read(await cache.FindAsync(backlog, key, stop)) is { } kept)
                newer[key] = kept;
        });
        if (privacy.Fields.MaySend(ItemField.Title) && time.GetUtcNow() >= restsUntil)
            await AskAllAsync([.. wanted.Where(w => !newer.ContainsKey(w.Key))], cancellation);
    }

    private async Task AskAllAsync(IReadOnlyList<KeyValuePair<string, WorkItem>> missing, CancellationToken cancellation)
    {
        foreach (var batch in missing.Chunk(AtOnce))
        {
            var texts = batch.Select(b => Sent(b.Value)).ToArray();
            try
            {
                if (!await MayUseAsync(texts.Sum(t => t.Length / 4L + 1), cancellation))
                {
                    Log.OverBudget(logger, backlog);
                    return;
                }

                await AskAsync([.. batch.Select(b => b.Key)], texts, cancellation);
            }
            catch (ModelException failed)
            {
                // The sentence of such a fault holds no text and no secret.
                Log.Failed(logger, backlog, failed.Failure, failed.Message);
                restsUntil = time.GetUtcNow() + (failed.RetryAfter > Rest ? failed.RetryAfter.Value : Rest);
                return;
            }
        }
    }

    /// <summary>Where one text is at fault, its half of the batch is asked for again without the other, down to that text alone, which is left out.</summary>
    private async Task AskAsync(string[] keys, string[] texts, CancellationToken cancellation)
    {
        try
        {
            var made = await model.GenerateAsync(texts, generation, cancellation);
            await NoteAsync(made.Usage, texts, cancellation);
            await Parallel.ForAsync(0, keys.Length, Reading(cancellation), async (i, stop) =>
            {
                var vector = TextVector.From(made[i].Vector.Span);
                newer[keys[i]] = vector;
                await cache.SaveAsync(backlog, keys[i], Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Values)), time.GetUtcNow(), stop);
            });
        }
        catch (ModelException failed) when (failed.Failure is ModelFailure.Refused or ModelFailure.TooLong)
        {
            if (keys.Length == 1)
                return;
            var half = keys.Length / 2;
            await AskAsync(keys[..half], texts[..half], cancellation);
            await AskAsync(keys[half..], texts[half..], cancellation);
        }
    }

    private async Task<bool> MayUseAsync(long tokens, CancellationToken cancellation)
    {
        var used = await ledger.UsedAsync(backlog, Today, cancellation);
        return used.Tokens + tokens <= options.TokensPerDay * ShareOfTokens
            && (options.CostPerDay is not { } most || used.Cost + Cost(tokens) <= most);
    }

    private Task NoteAsync(UsageDetails? usage, string[] texts, CancellationToken cancellation)
    {
        var tokens = usage?.InputTokenCount ?? usage?.TotalTokenCount ?? texts.Sum(t => t.Length / 4L + 1);
        return ledger.AddAsync(backlog, Today, new ModelUse(Calls: 1, InputTokens: tokens, Cost: Cost(tokens)), cancellation);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private decimal Cost(long tokens) => tokens * options.EmbeddingPrice / 1_000_000m;

    /// <summary>A redaction of its own for each item: placeholders are numbered by text, so that the same text is always sent alike.</summary>
    private string Sent(WorkItem item) => new Redaction(privacy, People(item)).Hide(
        privacy.Fields.MaySend(ItemField.Body) ? TextOf(item) : EncodedText.Of(item.Title, ""));

    private static IEnumerable<string> People(WorkItem item) =>
        item.Assignees.Append(item.Reporter).OfType<Person>().Select(p => p.Login).Concat(item.History.Comments.Select(c => c.Author?.Login).OfType<string>()).Distinct();

    private static string TextOf(WorkItem item) => EncodedText.Of(item.Title, item.Body);

    private TextVector? Known(string key) => newer.GetValueOrDefault(key) ?? older.GetValueOrDefault(key);

    private string KeyOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"embedding\n{Name}\n{text}")));

    private static TextVector? Read(string? kept)
    {
        var bytes = new byte[(kept?.Length ?? 0) * 3 / 4];
        return Convert.TryFromBase64String(kept ?? "", bytes, out var written) && written > 0 ? TextVector.From(MemoryMarshal.Cast<byte, sbyte>(bytes.AsSpan(0, written))) : null;
    }

    private static ParallelOptions Reading(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellation };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No vectors for '{Backlog}' ({Failure}): {Why} Items without one are compared by words.")]
        public static partial void Failed(ILogger logger, string backlog, ModelFailure failure, string why);

        [LoggerMessage(2, LogLevel.Warning, "'{Backlog}' has used its share of today's tokens for vectors. Items without one are compared by words; the next sweep after midnight (UTC) goes on.")]
        public static partial void OverBudget(ILogger logger, string backlog);
    }
}
