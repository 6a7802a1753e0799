using System.ClientModel.Primitives;
using Azure.Core;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>
/// Sends the token of an identity, kept until shortly before it ends. The library's own policy refuses loopback addresses; that no token goes over http
/// elsewhere is seen to by <see cref="ModelAddress"/>.
/// </summary>
internal sealed class IdentityPolicy(TokenCredential identity, string audience, TimeProvider time) : AuthenticationPolicy
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private volatile Kept? kept;

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Send(message, kept is { } known && IsFresh(known) ? known : kept = new Kept(identity.GetToken(new TokenRequestContext([audience]), message.CancellationToken)));
        ProcessNext(message, pipeline, currentIndex);
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Send(message, kept is { } known && IsFresh(known) ? known : kept = new Kept(await identity.GetTokenAsync(new TokenRequestContext([audience]), message.CancellationToken)));
        await ProcessNextAsync(message, pipeline, currentIndex);
    }

    private static void Send(PipelineMessage message, Kept token) => message.Request.Headers.Set("Authorization", $"Bearer {token.Token.Token}");

    private bool IsFresh(Kept token) => time.GetUtcNow() < token.Token.ExpiresOn - Early;

    private sealed record Kept(AccessToken Token);
}
