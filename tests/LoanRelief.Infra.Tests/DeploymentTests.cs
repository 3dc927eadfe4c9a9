using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Infra.Tests;

/// <summary>What would be created: nothing opens without an identity and a role, whatever is asked for.</summary>
public sealed partial class DeploymentTests
{
    public static TheoryData<string> Sets => [.. Deployment.Names];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Storage_takes_no_keys_and_shows_nothing_to_strangers(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        Assert.All(deployment.Some("Microsoft.Storage/storageAccounts"), account =>
        {
            AssertIs(account, "properties.allowSharedKeyAccess", "false");
            AssertIs(account, "properties.allowBlobPublicAccess", "false");
            AssertIs(account, "properties.allowCrossTenantReplication", "false");
            AssertIs(account, "properties.supportsHttpsTrafficOnly", "true");
            AssertIs(account, "properties.minimumTlsVersion", "TLS1_2");
        });
        Assert.All(deployment.Some("Microsoft.Storage/storageAccounts/blobServices/containers"), container =>
            AssertIs(container, "properties.publicAccess", "None"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Monitoring_takes_no_keys(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        AssertIs(deployment.TheOne("Microsoft.Insights/components"), "properties.DisableLocalAuth", "true");
        AssertIs(deployment.TheOne("Microsoft.OperationalInsights/workspaces"), "properties.features.disableLocalAuth", "true");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task App_speaks_tls_only_and_is_deployed_without_passwords(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        var site = deployment.TheOne("Microsoft.Web/sites");
        AssertIs(site, "properties.httpsOnly", "true");
        AssertIs(site, "properties.siteConfig.minTlsVersion", "1.2");
        AssertIs(site, "properties.siteConfig.scmMinTlsVersion", "1.2");
        AssertIs(site, "properties.siteConfig.ftpsState", "Disabled");
        var policies = deployment.Some("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(["ftp", "scm"], policies.Select(policy => Deployment.Text(policy, "name").Split('/')[1]).Order());
        Assert.All(policies, policy => AssertIs(policy, "properties.allow", "false"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task App_has_exactly_the_roles_that_it_needs_each_on_one_resource(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        var roles = deployment.Some("Microsoft.Authorization/roleAssignments");

        Assert.Equal(
            [
                "Monitoring Metrics Publisher on components/appi",
                "Storage Blob Data Owner on storageAccounts/sthost",
                "Storage Queue Data Contributor on storageAccounts/sthost",
                "Storage Table Data Contributor on storageAccounts/stdata",
                "Storage Table Data Contributor on storageAccounts/sthost",
            ],
            roles.Select(role => $"{RoleName(role)} on {Scope(role)}").Order(StringComparer.Ordinal));
        Assert.All(roles, role => Assert.Contains(
            $"'{Deployment.Text(deployment.TheOne("Microsoft.ManagedIdentity/userAssignedIdentities"), "id")}'", Deployment.Text(role, "properties.principalId"), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task App_is_the_identity_that_has_the_roles(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        var identity = Deployment.Text(deployment.TheOne("Microsoft.ManagedIdentity/userAssignedIdentities"), "id");
        var site = deployment.TheOne("Microsoft.Web/sites");
        AssertIs(site, "identity.type", "UserAssigned");
        Assert.Equal([identity], Deployment.Value(site, "identity.userAssignedIdentities")!.AsObject().Select(one => one.Key));
        foreach (var setting in (string[])["Storage__ClientId", "AzureWebJobsStorage__clientId", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"])
            Assert.Contains($"'{identity}'", deployment.Settings[setting], StringComparison.Ordinal);
        Assert.Equal("managedidentity", deployment.Settings["AzureWebJobsStorage__credential"]);
        Assert.Contains("Authorization=AAD", deployment.Settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task No_setting_is_a_key_or_has_one(string set)
    {
        var settings = (await Deployment.OfAsync(set)).Settings;

        // The one exception is an address: local authentication is off (Monitoring_takes_no_keys).
        Assert.Equal(["APPLICATIONINSIGHTS_CONNECTION_STRING"], settings.Keys.Where(name => SecretName.IsMatch(name)));
        Assert.All(settings.Values, value => Assert.DoesNotMatch(SecretValue, value));
        // A whole connection string, with a key, would be set under these very names.
        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
        Assert.DoesNotContain("Storage__ConnectionString", settings.Keys);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Cases_are_read_from_their_own_account_and_the_host_keeps_to_its(string set)
    {
        var settings = (await Deployment.OfAsync(set)).Settings;

        Assert.Matches(@"storageAccounts/stdata\w+', '[\d-]+'\)\.primaryEndpoints\.table", settings["Storage__TableEndpoint"]);
        foreach (var part in (string[])["blob", "queue", "table"])
            Assert.Matches($@"storageAccounts/sthost\w+', '[\d-]+'\)\.primaryEndpoints\.{part}\]", settings[$"AzureWebJobsStorage__{part}ServiceUri"]);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Timers_fire_when_the_template_of_the_local_settings_says(string set)
    {
        var settings = (await Deployment.OfAsync(set)).Settings;
        var local = JsonNode.Parse(await File.ReadAllTextAsync(
            RepositoryRoot.At("src", "LoanRelief.Functions", "local.settings.template.json"), TestContext.Current.CancellationToken))!["Values"]!.AsObject();

        Assert.Equal(
            local.Where(each => each.Key.StartsWith("Schedules:", StringComparison.Ordinal)).Select(each => $"{each.Key.Replace(":", "__", StringComparison.Ordinal)} {each.Value}").Order(),
            settings.Where(each => each.Key.StartsWith("Schedules__", StringComparison.Ordinal)).Select(each => $"{each.Key} {each.Value}").Order());
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task App_runs_on_net_10_isolated_and_stays_awake(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        var site = deployment.TheOne("Microsoft.Web/sites");
        var plan = Deployment.Text(deployment.TheOne("Microsoft.Web/serverfarms"), "sku.tier");
        if (plan == "FlexConsumption")
        {
            AssertIs(site, "properties.functionAppConfig.runtime.name", "dotnet-isolated");
            AssertIs(site, "properties.functionAppConfig.runtime.version", "10.0");
            AssertIs(site, "properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity");
            Assert.DoesNotContain("FUNCTIONS_WORKER_RUNTIME", deployment.Settings.Keys);
        }
        else
        {
            AssertIs(site, "properties.siteConfig.linuxFxVersion", "DOTNET-ISOLATED|10.0");
            AssertIs(site, "properties.siteConfig.alwaysOn", "true");
            Assert.Null(Deployment.Value(site, "properties.functionAppConfig"));
            Assert.Equal("dotnet-isolated", deployment.Settings["FUNCTIONS_WORKER_RUNTIME"]);
        }
    }

    [Theory]
    [InlineData("global", true, true, 0)]
    [InlineData("global, with a network", false, true, 4)]
    [InlineData("global, private", false, false, 5)]
    [InlineData("china", false, false, 5)]
    public async Task With_a_network_storage_is_reached_through_it_only(string set, bool publicStorage, bool publicApp, int endpoints)
    {
        var deployment = await Deployment.OfAsync(set);

        Assert.All(deployment.Some("Microsoft.Storage/storageAccounts"), account =>
        {
            AssertIs(account, "properties.publicNetworkAccess", publicStorage ? "Enabled" : "Disabled");
            AssertIs(account, "properties.networkAcls.defaultAction", publicStorage ? "Allow" : "Deny");
            AssertIs(account, "properties.networkAcls.bypass", "None");
        });
        var site = deployment.TheOne("Microsoft.Web/sites");
        AssertIs(site, "properties.publicNetworkAccess", publicApp ? "Enabled" : "Disabled");
        Assert.Equal(publicStorage, Deployment.Value(site, "properties.virtualNetworkSubnetId") is null);
        Assert.Equal(endpoints, deployment.Resources.Count(resource => Deployment.Text(resource, "type") == "Microsoft.Network/privateEndpoints"));
        Assert.Equal(endpoints, deployment.Resources.Count(resource => Deployment.Text(resource, "type") == "Microsoft.Network/privateEndpoints/privateDnsZoneGroups"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Nothing_holds_for_the_global_cloud_only(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        // Whatever has a domain in it asks environment() or the resource for it. Zone names stay expressions here for that reason.
        var zones = deployment.Resources.Where(resource => Deployment.Text(resource, "type") == "Microsoft.Network/privateDnsZones");
        Assert.All(zones, zone => Assert.Contains("environment()", Deployment.Text(zone, "name"), StringComparison.Ordinal));
        Assert.All(deployment.Settings.Values, value => Assert.DoesNotMatch(@"\.(windows\.net|azure\.com|azurewebsites\.net)", value));
    }

    [Fact]
    public async Task In_azure_china_the_app_has_the_zone_of_azure_china()
    {
        using var bicep = new Bicep();
        var (_, template, _) = await bicep.RunAsync(["build", "modules/private-app.bicep", "--stdout"]);

        var zones = JsonNode.Parse(template)!["variables"]!["zones"]!;

        Assert.Equal("privatelink.chinacloudsites.cn", zones["AzureChinaCloud"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Azd_finds_the_app_and_everything_it_created(string set)
    {
        var deployment = await Deployment.OfAsync(set);

        AssertIs(deployment.TheOne("Microsoft.Web/sites"), "tags.azd-service-name", "app");
        Assert.All(deployment.Resources.Where(resource => resource.ContainsKey("tags")), resource => AssertIs(resource, "tags.azd-env-name", "test"));
    }

    private static void AssertIs(JsonObject resource, string path, string expected) =>
        Assert.Equal((Deployment.Text(resource, "name"), path, expected), (Deployment.Text(resource, "name"), path, Deployment.Text(resource, path)));

    /// <summary>By the id in <c>https://learn.microsoft.com/azure/role-based-access-control/built-in-roles</c>; the id itself where it is none of these.</summary>
    private static string RoleName(JsonObject role) => Deployment.Text(role, "properties.roleDefinitionId").Split('/')[^1] switch
    {
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3" => "Storage Table Data Contributor",
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" => "Storage Blob Data Owner",
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88" => "Storage Queue Data Contributor",
        "3913510d-42f4-4e42-8a64-420c390055eb" => "Monitoring Metrics Publisher",
        var other => other,
    };

    /// <summary>The resource on which a role is held, without the generated end of its name; all of the id where that is something wider.</summary>
    private static string Scope(JsonObject role)
    {
        var id = Deployment.Text(role, "id");
        var match = HeldOn.Match(id);
        return match.Success ? $"{match.Groups["type"]}/{match.Groups["name"]}" : id;
    }

    [GeneratedRegex(@"/(?<type>storageAccounts|components)/(?<name>stdata|sthost|appi)-?\w{13}/providers/Microsoft\.Authorization/roleAssignments/[\w-]+$")]
    private static partial Regex HeldOn { get; }

    [GeneratedRegex("key|secret|password|token|connection_?string|sas$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName { get; }

    [GeneratedRegex("AccountKey|SharedAccess|sig=|InstrumentationKey|DefaultEndpointsProtocol", RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue { get; }
}
