using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Models;

public static class ModelServices
{
    /// <summary>Adds <see cref="ModelSetup"/>, encoders, and the check of both. Settings are read on first use: a wrong one stops a host, not a command that needs no model.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(provider => ModelConnection.Open(ModelOptions.Read(configuration), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => provider.GetRequiredService<ModelConnection>().Setup)
        .AddSingleton<IEncoders>(provider => new Encoders(
            configuration,
            provider.GetRequiredService<ModelConnection>(),
            provider.GetRequiredService<IModelCache>(),
            provider.GetRequiredService<IModelLedger>(),
            provider.GetService<PrivacySettings>() ?? new PrivacySettings(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Encoders>>()))
        .AddSingleton<ISetupCheck>(provider => new ModelCheck(provider.GetRequiredService<ModelConnection>(), provider.GetRequiredService<TimeProvider>()));
}
