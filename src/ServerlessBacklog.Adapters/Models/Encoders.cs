using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>The encoder of each backlog by <c>Triage:Encoder</c>. Of a backlog that is local only nothing is sent: the one inside the process takes it.</summary>
internal sealed class Encoders(
    IConfiguration configuration, ModelConnection models, IModelCache cache, IModelLedger ledger, PrivacySettings privacy, TimeProvider time, ILogger<Encoders> logger) : IEncoders, IDisposable
{
    private readonly EncoderKind kind = EncoderSettings.Read(configuration);
    private readonly Lazy<LocalEncoder?> local = new(() => LocalEncoder.IsAvailable ? new LocalEncoder() : null);
    private readonly ConcurrentDictionary<string, RemoteEncoder> remote = new(StringComparer.Ordinal);

    public ITextEncoder? For(string backlog) => kind switch
    {
        EncoderKind.Off => null,
        EncoderKind.Model when models.Embeddings is { } embeddings && !models.Options.IsLocalOnly(backlog) =>
            remote.GetOrAdd(backlog, name => new RemoteEncoder(name, embeddings, models.Options, cache, ledger, privacy, time, logger)),
        _ => local.Value,
    };

    public void Dispose()
    {
        if (local is { IsValueCreated: true, Value: { } encoder })
            encoder.Dispose();
    }
}
