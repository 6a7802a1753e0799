using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

public sealed class ModelOptionsTests
{
    [Theory]
    [InlineData("https://contoso.openai.azure.com", "https://contoso.openai.azure.com/", "AzureDeployments", true)]
    [InlineData("https://contoso.openai.azure.com/openai/v1/", "https://contoso.openai.azure.com/openai/v1", "AzureV1", true)]
    [InlineData("https://contoso.cognitiveservices.azure.com/", "https://contoso.cognitiveservices.azure.com/", "AzureDeployments", true)]
    [InlineData("https://contoso.services.ai.azure.com/api/projects/shop", "https://contoso.services.ai.azure.com/", "AzureDeployments", true)]
    [InlineData("https://contoso.openai.azure.us", "https://contoso.openai.azure.us/", "AzureDeployments", true)]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1", "OpenAi", false)]
    [InlineData("https://api.openai.com", "https://api.openai.com/v1", "OpenAi", false)]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1", "OpenAi", false)]
    [InlineData("http://ollama:11434/v1/", "http://ollama:11434/v1", "OpenAi", false)]
    public void An_endpoint_tells_how_it_is_spoken_to(string endpoint, string root, string dialect, bool usesIdentity)
    {
        var address = ModelAddress.Of(Read(("Endpoint", endpoint), ("ChatDeployment", "m")));

        (address.Root.AbsoluteUri, address.Dialect.ToString(), address.UsesIdentity).ShouldBe((root, dialect, usesIdentity));
    }

    [Theory]
    [InlineData("https://contoso.openai.azure.us", "https://cognitiveservices.azure.us/.default")]
    [InlineData("https://contoso.openai.azure.com", "https://cognitiveservices.azure.com/.default")]
    public void Each_cloud_has_its_own_tokens(string endpoint, string audience) =>
        ModelAddress.Of(Read(("Endpoint", endpoint), ("ChatDeployment", "m"))).Audience.ShouldBe(audience);

    [Fact]
    public void A_key_goes_before_the_identity_and_a_gateway_may_be_called_Azure()
    {
        ModelAddress.Of(Read(("Endpoint", "https://contoso.openai.azure.com"), ("ChatDeployment", "m"), ("ApiKey", "k"))).UsesIdentity.ShouldBeFalse();
        ModelAddress.Of(Read(("Endpoint", "https://gateway.contoso.com/ai"), ("ChatDeployment", "m"), ("Kind", "Azure"))).ShouldBe(
            new ModelAddress(new Uri("https://gateway.contoso.com/ai"), ModelDialect.AzureDeployments, true));
    }

    [Theory]
    [InlineData("Models:Endpoint is no address", "Endpoint=contoso", "ChatDeployment=m")]
    [InlineData("Models:Endpoint holds more than an address", "Endpoint=https://a.openai.azure.com/?key=1", "ChatDeployment=m")]
    [InlineData("Models:Endpoint is not", "ChatDeployment=m")]
    [InlineData("no model is", "Endpoint=https://a.openai.azure.com")]
    [InlineData("Models:UseIdentity is for Azure alone", "Endpoint=https://api.openai.com/v1", "ChatDeployment=m", "UseIdentity=true")]
    [InlineData("are both set", "Endpoint=https://a.openai.azure.com", "ChatDeployment=m", "UseIdentity=true", "ApiKey=k")]
    [InlineData("Azure lets nobody in", "Endpoint=https://a.openai.azure.com", "ChatDeployment=m", "UseIdentity=false")]
    [InlineData("begins with http://", "Endpoint=http://models.contoso.com/v1", "ChatDeployment=m", "ApiKey=k")]
    [InlineData("Models:Kind is 'claude'", "Endpoint=https://a.openai.azure.com", "ChatDeployment=m", "Kind=claude")]
    [InlineData("no prices are", "Endpoint=https://a.openai.azure.com", "ChatDeployment=m", "CostPerDay=5")]
    [InlineData("out of range", "AtOnce=0")]
    [InlineData("out of range", "Timeout=02:00:00")]
    [InlineData("out of range", "InputPrice=-1")]
    [InlineData("cannot be read", "TokensPerDay=many")]
    [InlineData("cannot be read", "TokensADay=5")]
    public void What_is_wrong_is_told_with_its_mend(string told, params string[] settings)
    {
        var fault = Should.Throw<UserErrorException>(() => Read([.. settings.Select(s => s.Split('=', 2)).Select(s => (s[0], s[1]))]));

        fault.Message.ShouldContain(told);
    }

    [Fact]
    public void Empty_values_are_not_set_and_all_others_are_read()
    {
        var options = Read(
            ("Endpoint", "https://a.openai.azure.com"), ("ChatDeployment", "gpt"), ("EmbeddingDeployment", ""), ("CostPerDay", "2.5"), ("InputPrice", "0.15"), ("OutputPrice", "0.6"),
            ("CachedInputPrice", ""), ("LocalOnlyBacklogs:0", "secret"), ("LocalOnlyBacklogs:1", "hr-*"), ("TokensPerDay", "1000000"), ("Timeout", "00:00:30"));

        options.HasEmbeddings.ShouldBeFalse();
        options.Limits.ShouldBe(new ModelLimits(1_000_000, 2.5m));
        options.Prices.ShouldBe(new ModelPrices(0.15m, 0.15m, 0.6m));
        options.Timeout.ShouldBe(TimeSpan.FromSeconds(30));
        var setup = new ModelSetup { LocalOnlyBacklogs = options.LocalOnlyBacklogs };
        new[] { "secret", "SECRET", "hr-people", "shop" }.Select(setup.IsLocalOnly).ShouldBe([true, true, true, false]);
    }

    private static ModelOptions Read(params (string Name, string Value)[] settings) =>
        ModelOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => $"Models:{s.Name}", s => (string?)s.Value)).Build());
}
