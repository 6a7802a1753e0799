using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>
/// The service's own cache: of a prompt of 1,024 tokens or more, the longest beginning that came before counts as cached, in steps of 128 tokens. Nothing
/// is ever forgotten. Source: OpenAI, "Prompt caching".
/// </summary>
internal sealed class PrefixCache
{
    private const int Least = 1024;
    private const int Step = 128;
    private const int CharactersPerToken = 4;

    private readonly Lock gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <param name="prompt">All that the model reads, in its order.</param>
    /// <returns>How many of its tokens were cached; from now on all are.</returns>
    public int Take(string model, string prompt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(model + "\n"));
        var (cached, done) = (0, 0);
        for (var tokens = Least; tokens * CharactersPerToken <= prompt.Length; tokens += Step)
        {
            hash.AppendData(MemoryMarshal.AsBytes(prompt.AsSpan(done, tokens * CharactersPerToken - done)));
            done = tokens * CharactersPerToken;
            var key = Convert.ToHexStringLower(hash.GetCurrentHash());
            lock (gate)
                if (!seen.Add(key))
                    cached = tokens;
        }

        return cached;
    }
}
