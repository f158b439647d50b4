using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class PhoneMapping : IEntityTypeConfiguration<CustomerPhone>
{
    public void Configure(EntityTypeBuilder<CustomerPhone> builder)
    {
        builder.ToTable("CustomerPhones");
        builder.HasIndex(p => p.Digits);
    }
}

internal sealed class OrganisationMapping : IEntityTypeConfiguration<CustomerOrganisation>, IEntityTypeConfiguration<OrganisationDomain>
{
    public void Configure(EntityTypeBuilder<CustomerOrganisation> builder)
    {
        builder.ToTable("Organisations");
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.HasIndex(o => o.NameKey).IsUnique();
        builder.HasMany(o => o.Domains).WithOne().HasForeignKey(d => d.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<OrganisationDomain> builder)
    {
        builder.ToTable("OrganisationDomains");
        builder.HasIndex(d => d.Domain).IsUnique();
    }
}

internal sealed class OwnFieldMapping :
    IEntityTypeConfiguration<OwnField>, IEntityTypeConfiguration<CustomerFieldValue>, IEntityTypeConfiguration<OrganisationFieldValue>, IEntityTypeConfiguration<ConversationFieldValue>
{
    public void Configure(EntityTypeBuilder<OwnField> builder)
    {
        builder.ToTable("OwnFields");
        builder.Ignore(f => f.Words);
        builder.HasIndex(f => new { f.Target, f.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<CustomerFieldValue> builder)
    {
        builder.ToTable("CustomerFieldValues").HasKey(v => new { v.CustomerId, v.FieldId });
        builder.HasOne<Customer>().WithMany().HasForeignKey(v => v.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OwnField>().WithMany().HasForeignKey(v => v.FieldId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(v => new { v.FieldId, v.Value });
        builder.HasIndex(v => new { v.FieldId, v.Number });
    }

    public void Configure(EntityTypeBuilder<OrganisationFieldValue> builder)
    {
        builder.ToTable("OrganisationFieldValues").HasKey(v => new { v.OrganisationId, v.FieldId });
        builder.HasOne<CustomerOrganisation>().WithMany().HasForeignKey(v => v.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OwnField>().WithMany().HasForeignKey(v => v.FieldId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ConversationFieldValue> builder)
    {
        builder.ToTable("ConversationFieldValues").HasKey(v => new { v.ConversationNumber, v.FieldId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(v => v.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OwnField>().WithMany().HasForeignKey(v => v.FieldId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PurchaseMapping : IEntityTypeConfiguration<Purchase>, IEntityTypeConfiguration<ProductEvent>
{
    public void Configure(EntityTypeBuilder<Purchase> builder)
    {
        builder.ToTable("Purchases");
        builder.Ignore(p => p.Paid);
        builder.HasOne<Customer>().WithMany().HasForeignKey(p => p.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(p => p.ShopId).IsUnique();
        builder.HasIndex(p => new { p.CustomerId, p.At });
    }

    public void Configure(EntityTypeBuilder<ProductEvent> builder)
    {
        builder.ToTable("ProductEvents");
        builder.HasOne<Customer>().WithMany().HasForeignKey(e => e.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(e => e.EventId).IsUnique();
        builder.HasIndex(e => new { e.CustomerId, e.At });
    }
}

internal sealed class CustomerMergeMapping : IEntityTypeConfiguration<CustomerMerge>, IEntityTypeConfiguration<MergedRow>
{
    public void Configure(EntityTypeBuilder<CustomerMerge> builder)
    {
        builder.ToTable("CustomerMerges");
        builder.HasOne<Customer>().WithMany().HasForeignKey(m => m.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => m.OldId);
    }

    public void Configure(EntityTypeBuilder<MergedRow> builder)
    {
        builder.ToTable("MergedRows").HasKey(r => new { r.MergeId, r.Kind, r.RowId });
        builder.HasOne<CustomerMerge>().WithMany().HasForeignKey(r => r.MergeId).OnDelete(DeleteBehavior.Cascade);
    }
}
