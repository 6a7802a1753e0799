using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>How a service is spoken to.</summary>
internal enum ModelDialect
{
    /// <summary>Azure OpenAI by deployments: <c>/openai/deployments/NAME/…?api-version=…</c>.</summary>
    AzureDeployments,

    /// <summary>Azure OpenAI as OpenAI speaks: <c>/openai/v1/…</c>. Newer models are served here only.</summary>
    AzureV1,

    /// <summary>OpenAI, and whatever is compatible with it.</summary>
    OpenAi,
}

/// <summary>Where models answer, read from <c>Models:Endpoint</c>.</summary>
internal sealed record ModelAddress(Uri Root, ModelDialect Dialect, bool UsesIdentity)
{
    private static readonly string[] AzureServices = [".openai.azure.", ".cognitiveservices.azure.", ".services.ai.azure."];

    /// <summary>What tokens of identities are asked for.</summary>
    public string Audience => $"https://cognitiveservices.azure.{Root.Host[(Root.Host.LastIndexOf('.') + 1)..] switch { "us" => "us", "cn" => "cn", _ => "com" }}/.default";

    /// <exception cref="UserErrorException">It is no address of a service, or what is set beside it does not go with it.</exception>
    public static ModelAddress Of(ModelOptions options)
    {
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new UserErrorException("Models:Endpoint is no address. Write https://NAME.openai.azure.com, https://api.openai.com/v1, or the base address of a compatible service such as http://localhost:11434/v1.");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new UserErrorException("Models:Endpoint holds more than an address. Leave out what follows a question mark, and put keys into Models:ApiKey.");
        var isAzure = IsAzure(address, options.Kind);
        var usesIdentity = options.UseIdentity ?? (isAzure && options.ApiKey is null);
        if (usesIdentity && !isAzure)
            throw new UserErrorException("Models:UseIdentity is for Azure alone. Set Models:ApiKey, or Models:Kind to azure if the endpoint is a gateway before Azure OpenAI.");
        if (usesIdentity && options.ApiKey is not null)
            throw new UserErrorException("Models:UseIdentity and Models:ApiKey are both set. Leave one of them out.");
        if (isAzure && !usesIdentity && options.ApiKey is null)
            throw new UserErrorException("Models:UseIdentity is false and Models:ApiKey is not set. Azure lets nobody in without one of them.");
        if (address.Scheme == "http" && !address.IsLoopback && (usesIdentity || options.ApiKey is not null))
            throw new UserErrorException("Models:Endpoint begins with http://, so that the key could be read on the way. Use https://, or leave Models:ApiKey out.");
        return new ModelAddress(Rooted(address, isAzure, out var dialect), dialect, usesIdentity);
    }

    private static bool IsAzure(Uri address, string? kind) => kind?.ToLowerInvariant() switch
    {
        null => AzureServices.Any(s => address.Host.Contains(s, StringComparison.OrdinalIgnoreCase)),
        "azure" => true,
        "openai" => false,
        _ => throw new UserErrorException($"Models:Kind is '{kind}'. Write azure or openai, or leave it out to go by the endpoint."),
    };

    private static Uri Rooted(Uri address, bool isAzure, out ModelDialect dialect)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        dialect = !isAzure ? ModelDialect.OpenAi : path.EndsWith("/v1", StringComparison.OrdinalIgnoreCase) ? ModelDialect.AzureV1 : ModelDialect.AzureDeployments;
        if (dialect == ModelDialect.OpenAi && path.Length == 0)
            path = "/v1";
        // As the portal shows it: of a project, or with the beginning of a path that the client adds itself.
        if (dialect == ModelDialect.AzureDeployments)
            path = path.StartsWith("/api/projects", StringComparison.OrdinalIgnoreCase) ? "" : path.EndsWith("/openai", StringComparison.OrdinalIgnoreCase) ? path[..^"/openai".Length] : path;
        return new Uri($"{address.GetLeftPart(UriPartial.Authority)}{path}");
    }
}
