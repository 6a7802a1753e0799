using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>What a token holds: the plan, whom it was shown to, and what the item was like then.</summary>
/// <param name="Says">The command, as the system understands it.</param>
/// <param name="State">Fingerprint of the item (<see cref="ContentHash.ForWriting"/>).</param>
/// <param name="Until">Unix seconds.</param>
/// <param name="Nonce">Names the plan: what carries it out bears it, so that two confirmations at once come to one.</param>
internal sealed record SealedPlan(string Backlog, WorkItemRef Item, string Says, string By, string State, long Until, string Nonce);

/// <summary>
/// Makes and checks the tokens by which people confirm a plan: sealed with HMAC-SHA-256 under a key that each backlog has in its store, good for ten
/// minutes, for one person, one plan and the item as it was, and once. The key never leaves the store.
/// </summary>
internal sealed class ConfirmTokens(IBacklogStore store, TimeProvider time)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string KeyCursor = "chat-key";
    private const string UsedCursor = "chat-used";
    private const int LongestToken = 4_000;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    public async Task<(string Token, DateTimeOffset Until)> SealAsync(string backlog, WorkItem item, string says, Person by, CancellationToken cancellation)
    {
        var until = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        var plan = new SealedPlan(backlog, item.Ref, says, by.Login.ToLowerInvariant(), ContentHash.ForWriting(item), until.ToUnixTimeSeconds(), RandomNumberGenerator.GetHexString(16, lowercase: true));
        var body = JsonSerializer.SerializeToUtf8Bytes(plan);
        return ($"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(HMACSHA256.HashData(await KeyAsync(backlog, cancellation), body))}", until);
    }

    /// <summary>The plan of a token that is ours, of this backlog and this person, and not over; or why not.</summary>
    public async Task<(SealedPlan? Plan, string? Why)> OpenAsync(string backlog, string token, Person by, CancellationToken cancellation)
    {
        var key = await KeyAsync(backlog, cancellation);
        if (Parts(token) is not (var body, var seal) || !CryptographicOperations.FixedTimeEquals(seal, HMACSHA256.HashData(key, body)))
            return (null, "That is no token of a plan for this backlog. Ask again, and confirm the plan that is shown then.");
        var plan = JsonSerializer.Deserialize<SealedPlan>(body)!;
        if (plan.Backlog != backlog || !plan.By.Equals(by.Login, StringComparison.OrdinalIgnoreCase))
            return (null, "That plan was shown to somebody else: only they can confirm it.");
        return time.GetUtcNow().ToUnixTimeSeconds() >= plan.Until
            ? (null, "That plan is more than ten minutes old. Ask again.")
            : (plan, null);
    }

    public async Task<bool> WasUsedAsync(SealedPlan plan, CancellationToken cancellation) =>
        JsonSerializer.Deserialize<Dictionary<string, long>>(await store.CursorAsync(plan.Backlog, UsedCursor, cancellation) ?? "{}")!.ContainsKey(plan.Nonce);

    /// <summary>Uses the plan up; false when it was used before.</summary>
    public async Task<bool> UseAsync(SealedPlan plan, CancellationToken cancellation)
    {
        var gate = gates.GetOrAdd(plan.Backlog, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            var used = JsonSerializer.Deserialize<Dictionary<string, long>>(await store.CursorAsync(plan.Backlog, UsedCursor, cancellation) ?? "{}")!;
            if (!used.TryAdd(plan.Nonce, plan.Until))
                return false;
            // One that is over is refused for that: nobody has to remember it.
            await store.SetCursorAsync(plan.Backlog, UsedCursor, JsonSerializer.Serialize(used.Where(u => u.Value > now).ToDictionary()), cancellation);
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<byte[]> KeyAsync(string backlog, CancellationToken cancellation)
    {
        if (await store.CursorAsync(backlog, KeyCursor, cancellation) is { } known)
            return Convert.FromHexString(known);
        await store.SetCursorAsync(backlog, KeyCursor, RandomNumberGenerator.GetHexString(64), cancellation);
        // Of two that made one at once the later holds; a token of the other is refused, and asked for again.
        return Convert.FromHexString((await store.CursorAsync(backlog, KeyCursor, cancellation))!);
    }

    private static (byte[] Body, byte[] Seal)? Parts(string token)
    {
        if (token.Length > LongestToken || token.Trim().Split('.') is not [var body, var seal] || !Base64Url.IsValid(body) || !Base64Url.IsValid(seal))
            return null;
        return (Base64Url.DecodeFromChars(body), Base64Url.DecodeFromChars(seal));
    }
}
