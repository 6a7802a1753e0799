using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>Which text encoder is used.</summary>
public static class EncoderSettings
{
    public const string Key = "Triage:Encoder";

    public const string Local = "local";

    private const string Off = "off";

    private const string Model = "model";

    /// <exception cref="UserErrorException">The setting is none of the three, or there is no model for it.</exception>
    public static EncoderKind Read(IConfiguration configuration)
    {
        switch (configuration[Key]?.Trim().ToLowerInvariant())
        {
            case null or "" or Local:
                return EncoderKind.Local;
            case Off:
                return EncoderKind.Off;
            case Model:
                var models = ModelOptions.Read(configuration);
                return models.LocalOnly || models.HasEmbeddings ? EncoderKind.Model : throw new UserErrorException($"{Key} is 'model', and Models:EmbeddingDeployment is not set. Name a model that embeds there, or write local.");
            case var other:
                throw new UserErrorException($"{Key} is '{other}'. Write local (the encoder that is shipped), model (the one that Models:EmbeddingDeployment names) or off.");
        }
    }
}

public enum EncoderKind
{
    /// <summary>Inside the process; none where this system cannot run it: triage then goes by words alone.</summary>
    Local,

    /// <summary>The service that <c>Models:EmbeddingDeployment</c> names.</summary>
    Model,

    Off,
}
