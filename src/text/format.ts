/** How numbers, money, days and evidence read: one import for those who show them. */
export * from './evidence.ts';
export * from './numbers.ts';
export * from './spark.ts';
export * from './when.ts';
