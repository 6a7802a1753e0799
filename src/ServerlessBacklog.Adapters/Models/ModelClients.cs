using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Core;
using Azure.Identity;
using OpenAI;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>
/// The client libraries. Azure.AI.OpenAI 2.1.0 was made for OpenAI 2.1 and runs here beside a newer one; chat and embeddings, all that is used of it, are
/// tested over HTTP with key and identity. Its newest stable version of the service is 2024-10-21: for models that are newer there is <see cref="ModelDialect.AzureV1"/>.
/// </summary>
internal static class ModelClients
{
    /// <summary>Sent where a compatible service asks for no key: the library demands one.</summary>
    private const string NoKey = "none";

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);

    public static HttpClient Http() => new(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectWithin,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        // Our traces are no business of a model's service.
        ActivityHeadersPropagator = null,
    }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="identity">Null for the identity of this process.</param>
    public static OpenAIClient Open(ModelAddress address, ModelOptions options, HttpClient http, TokenCredential? identity, TimeProvider time)
    {
        if (address.UsesIdentity)
            identity ??= new DefaultAzureCredential();
        var key = new ApiKeyCredential(options.ApiKey ?? NoKey);
        if (address.Dialect == ModelDialect.AzureDeployments)
        {
            var azure = Plain(new AzureOpenAIClientOptions(AzureOpenAIClientOptions.ServiceVersion.V2024_10_21) { Audience = new AzureOpenAIAudience(address.Audience) }, http);
            return address.UsesIdentity ? new AzureOpenAIClient(address.Root, identity, azure) : new AzureOpenAIClient(address.Root, key, azure);
        }

        var plain = Plain(new OpenAIClientOptions { Endpoint = address.Root }, http);
#pragma warning disable OPENAI001 // The library calls the constructor experimental; Azure's documentation shows it for identities.
        return address.UsesIdentity ? new OpenAIClient(new IdentityPolicy(identity!, address.Audience, time), plain) : new OpenAIClient(key, plain);
#pragma warning restore OPENAI001
    }

    private static T Plain<T>(T options, HttpClient http)
        where T : ClientPipelineOptions
    {
        options.Transport = new HttpClientPipelineTransport(http);
        options.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
        options.NetworkTimeout = Timeout.InfiniteTimeSpan;
        return options;
    }
}
